package org.recur4j.models.decoding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;

/**
 * Generates sequences with a one-to-many network: starting from a begin symbol, each output is the
 * next input, until the end symbol. Both are indices of the network's vocabulary and may be equal.
 *
 * @param network one-to-many network over an embedding, with as many classes as indices; not closed
 *     by this object
 * @param begin first input of every sequence
 * @param end output that ends a sequence
 */
public record Generator(Network network, int begin, int end) {
  /** Validates that the network can read its own outputs. */
  public Generator {
    boolean fits =
        network.architecture().topology() == Topology.ONE_TO_MANY
            && network.architecture().readsIndices()
            && network.architecture().answer() == OutputKind.CLASSES;
    if (!fits) {
      throw refuse(
          "a "
              + network.architecture().topology()
              + " network with outputs "
              + network.architecture().answer(),
          "ONE_TO_MANY over an embedding, with classes",
          "Build it with Networks.oneToMany().embedding(…)…classes(…)");
    }
    check(network, "begin symbol", begin);
    check(network, "end symbol", end);
  }

  private static void check(Network network, String what, int index) {
    int classes = network.architecture().outputs();
    if (index < 0 || index >= classes) {
      throw refuse(
          what + " " + index,
          "an index in [0, " + classes + ")",
          "Choose an index within the vocabulary");
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("Generator", got, expected, advice);
  }

  /**
   * Returns the training example for a sequence, whose target at each step is the next symbol.
   *
   * @param sequence symbols, without begin and end
   * @return inputs begin, y_1 … y_n and targets y_1 … y_n, end
   */
  public Example lesson(int... sequence) {
    int[] inputs = new int[sequence.length + 1];
    int[] answers = new int[sequence.length + 1];
    inputs[0] = begin;
    System.arraycopy(sequence, 0, inputs, 1, sequence.length);
    System.arraycopy(sequence, 0, answers, 0, sequence.length);
    answers[sequence.length] = end;
    return Example.tagged(inputs, answers);
  }

  /**
   * Generates sequences. Thread-safe.
   *
   * @param count number of sequences; they differ from each other only if sampled
   * @param how greedy search, sampling or beam search
   * @param prefix symbols that every sequence starts with; they are not returned and do not count
   *     toward the maximum length
   * @return for each sequence the result or, for beam search, the results, best first
   */
  public List<List<DecodedSequence>> generate(int count, DecodingStrategy how, int... prefix) {
    if (count < 1) {
      throw refuse(count + " sequences", "at least one", "Request a positive number of sequences");
    }
    for (int index : prefix) {
      check(network, "a prefix with the symbol", index);
    }
    try (Continuation rows = new NetworkContinuation(this, count, prefix)) {
      return SequenceDecoder.decode(rows, how);
    }
  }

  /** Returns a list of equal rows. */
  static List<int[]> rows(int count, int... each) {
    return new ArrayList<>(Collections.nCopies(count, each));
  }
}
