package org.recur4j.models.translation;

import org.recur4j.api.recurrent.Mode;

/**
 * What dropout masks are drawn by.
 *
 * @param mode INFERENCE draws none
 * @param seed of the run
 * @param step number of the training step
 */
record Drawing(Mode mode, long seed, long step) {}
