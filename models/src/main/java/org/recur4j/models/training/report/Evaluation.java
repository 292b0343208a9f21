package org.recur4j.models.training.report;

/**
 * How a network does on examples it does not learn from.
 *
 * @param loss mean over the answers that count; NaN where none does
 * @param accuracy share of right classes, in [0, 1]; NaN for values and labels, and where no answer
 *     counts
 * @param answers how many counted
 */
public record Evaluation(double loss, double accuracy, long answers) {}
