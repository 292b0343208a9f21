/** The training loop: epochs, checkpoints, validation and the selection of the best weights. */
package org.recur4j.models.training;
