/**
 * Metrics: accuracy, precision, recall, F1 and the confusion matrix of classes, edit distances of
 * sequences, perplexity, and errors of numbers and forecasts.
 */
package org.recur4j.models.metric;
