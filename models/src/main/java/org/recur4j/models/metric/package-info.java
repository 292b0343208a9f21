/**
 * Metrics: accuracy, precision, recall, F1 and confusion matrices of classes, edit distances of
 * sequences, perplexity, and errors of values and forecasts.
 */
package org.recur4j.models.metric;
