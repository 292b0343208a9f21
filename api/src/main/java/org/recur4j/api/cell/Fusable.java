package org.recur4j.api.cell;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;

/**
 * The specification and weights with which a plan computes the same function as a cell.
 *
 * @param spec the specification of one direction, forward
 * @param weights the cell's own tensors
 */
public record Fusable(RecurrentSpec spec, DirectionWeights weights) {}
