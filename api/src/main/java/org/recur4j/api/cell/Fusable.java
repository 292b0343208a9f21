package org.recur4j.api.cell;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;

/**
 * A cell's leave to be run by a plan: the same mathematics, named.
 *
 * @param spec one direction, forward
 * @param weights the cell's own tensors
 */
public record Fusable(RecurrentSpec spec, DirectionWeights weights) {}
