package org.recur4j.models.training.report;

/**
 * The report of one batch.
 *
 * @param epoch the epoch, from 1
 * @param batch the batch, from 1
 * @param batches the number of batches of the epoch
 * @param loss the mean loss over the targets that count; 0 if there are none
 * @param gradientNorm the global norm of the gradients before clipping; with truncated
 *     backpropagation, the largest of the chunks
 * @param applied false if the update was skipped because no target counted, or the loss or a
 *     gradient was not finite
 * @param fault the origin of the first number that is not finite: a weight, or else the output of
 *     an operation with the weights it used, or else a gradient; empty if all are finite
 */
public record BatchReport(
    int epoch,
    int batch,
    int batches,
    double loss,
    double gradientNorm,
    boolean applied,
    String fault) {}
