package org.recur4j.models.training.report;

/**
 * One training step.
 *
 * @param epoch from 1
 * @param batch from 1
 * @param batches of the epoch
 * @param loss mean over the answers that count; 0 if there are none
 * @param gradientNorm global norm before clipping; the largest one of the chunks of truncated
 *     backpropagation
 * @param applied false if no answer counted, or loss or gradient was not finite, so that the
 *     weights were left alone
 * @param fault where a number first was not finite: which weight, else which operation's output
 *     with the weights it used, else which gradient; empty if all were finite
 */
public record BatchReport(
    int epoch,
    int batch,
    int batches,
    double loss,
    double gradientNorm,
    boolean applied,
    String fault) {}
