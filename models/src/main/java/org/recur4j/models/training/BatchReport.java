package org.recur4j.models.training;

/**
 * One training step.
 *
 * @param epoch from 1
 * @param batch from 1
 * @param batches of the epoch
 * @param loss mean over the answers that count
 * @param gradientNorm global norm before clipping
 * @param applied false if loss or gradient was not finite, so that the weights were left alone
 */
public record BatchReport(
    int epoch, int batch, int batches, double loss, double gradientNorm, boolean applied) {}
