package org.recur4j.models.seq2seq;

import org.recur4j.api.recurrent.Mode;

/**
 * What dropout masks are drawn by.
 *
 * @param mode INFERENCE draws none
 * @param seed of the run
 * @param step number of the training step
 */
record DropoutContext(Mode mode, long seed, long step) {}
