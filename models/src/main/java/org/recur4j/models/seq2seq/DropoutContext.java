package org.recur4j.models.seq2seq;

import org.recur4j.api.recurrent.Mode;

/**
 * The values that determine the dropout masks.
 *
 * @param mode execution mode; INFERENCE applies no dropout
 * @param seed seed of the run
 * @param step number of the training step
 */
record DropoutContext(Mode mode, long seed, long step) {}
