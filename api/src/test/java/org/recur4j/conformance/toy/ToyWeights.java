package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.get;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.Tensor;

/**
 * The weights as the plan likes them: Java arrays of doubles, the two biases added up, packed once
 * for each version.
 */
final class ToyWeights {
  private final RecurrentWeights source;

  /** {@code [D][4·H · I]}. */
  final double[][] input;

  /** {@code [D][4·H · H]}. */
  final double[][] hidden;

  /** {@code [D][4·H]}. */
  final double[][] bias;

  ToyWeights(RecurrentSpec spec, RecurrentWeights source) {
    this.source = source;
    int rows = spec.gates() * spec.hiddenSize();
    input = new double[spec.directions()][rows * spec.inputSize()];
    hidden = new double[spec.directions()][rows * spec.hiddenSize()];
    bias = new double[spec.directions()][rows];
    pack();
  }

  /** Copies the weights as they are now. */
  void pack() {
    for (int d = 0; d < input.length; d++) {
      DirectionWeights w = source.directions().get(d);
      copy(w.weightIh(), input[d]);
      copy(w.weightHh(), hidden[d]);
      for (int row = 0; row < bias[d].length; row++) {
        bias[d][row] = element(w.biasIh(), row) + element(w.biasHh(), row);
      }
    }
  }

  private static void copy(Tensor from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = get(from, i);
    }
  }

  private static double element(Tensor bias, int row) {
    return bias == null ? 0 : get(bias, row);
  }

  long bytes() {
    return (long) input.length
        * Double.BYTES
        * (input[0].length + hidden[0].length + bias[0].length);
  }
}
