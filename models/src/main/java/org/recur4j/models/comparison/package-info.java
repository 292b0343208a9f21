/** Comparison of the training and inference speed of backends. */
package org.recur4j.models.comparison;
