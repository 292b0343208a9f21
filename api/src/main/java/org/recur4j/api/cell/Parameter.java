package org.recur4j.api.cell;

import org.recur4j.api.tensor.Tensor;

/**
 * A named trainable tensor.
 *
 * @param name the name, unique within its owner; PyTorch's name if there is one
 * @param value the tensor
 */
public record Parameter(String name, Tensor value) {}
