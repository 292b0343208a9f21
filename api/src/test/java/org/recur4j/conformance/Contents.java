package org.recur4j.conformance;

/**
 * What a tensor held when it was read.
 *
 * @param name the tensor's, for messages
 * @param values row-major
 * @param shape of the tensor
 */
record Contents(String name, double[] values, int... shape) {
  Contents named(String other) {
    return new Contents(other, values, shape);
  }
}
