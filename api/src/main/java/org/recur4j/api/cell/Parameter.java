package org.recur4j.api.cell;

import org.recur4j.api.tensor.Tensor;

/**
 * A named tensor that training moves.
 *
 * @param name unique within its owner; PyTorch's name where there is one
 * @param value its numbers
 */
public record Parameter(String name, Tensor value) {}
