/** How good answers are: accuracy, F1 and the confusion matrix for classes, errors for numbers. */
package org.recur4j.models.metric;
