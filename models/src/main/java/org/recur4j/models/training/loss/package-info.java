/** Loss functions. */
package org.recur4j.models.training.loss;
