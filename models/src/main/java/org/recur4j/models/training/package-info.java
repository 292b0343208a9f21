/** Losses, optimizers and the trainer. */
package org.recur4j.models.training;
