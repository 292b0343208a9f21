/** Optimizers and gradient clipping. */
package org.recur4j.models.training.optimizer;
