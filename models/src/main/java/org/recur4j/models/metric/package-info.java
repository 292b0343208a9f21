/**
 * How good answers are: accuracy, precision, recall, F1 and the confusion matrix for classes,
 * counts for labels, edit distances for sequences, perplexity for language, errors for numbers and
 * forecasts.
 */
package org.recur4j.models.metric;
