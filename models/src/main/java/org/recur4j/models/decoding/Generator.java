package org.recur4j.models.decoding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.Answer;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;

/**
 * Makes sequences with a one-to-many network: from a begin symbol on, each answer is the next
 * input, until the end symbol. Both are indices of the network's vocabulary; they may be the same.
 *
 * @param network one-to-many over an embedding, with as many classes as indices; not closed here
 * @param begin the first input of every sequence
 * @param end the answer that ends a sequence
 */
public record Generator(Network network, int begin, int end) {
  /** Refuses a network that cannot go on with its own answers. */
  public Generator {
    boolean fits =
        network.architecture().topology() == Topology.ONE_TO_MANY
            && network.architecture().readsIndices()
            && network.architecture().answer() == Answer.CLASSES;
    if (!fits) {
      throw refuse(
          "a network "
              + network.architecture().topology()
              + " that answers with "
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
          what + " " + index, "an index in [0, " + classes + ")", "Give it an index of its own");
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("Generator", got, expected, advice);
  }

  /**
   * What the network learns a sequence from: at each symbol, which one comes next.
   *
   * @param sequence without begin and end
   * @return inputs begin y_1 … y_n, answers y_1 … y_n end
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
   * Makes sequences. Threads may call it at once.
   *
   * @param count how many; only draws differ from each other
   * @param how greedy, sampled or beam search
   * @param prefix what every sequence begins with; it is no part of what is returned, and does not
   *     count for the maximum length
   * @return for each what was made, best first
   */
  public List<List<Decoded>> generate(int count, DecodingStrategy how, int... prefix) {
    if (count < 1) {
      throw refuse(count + " sequences", "at least one", "Ask for what you need");
    }
    for (int index : prefix) {
      check(network, "a prefix with the symbol", index);
    }
    try (Continuation rows = new NetworkContinuation(this, count, prefix)) {
      return SequenceDecoder.decode(rows, how);
    }
  }

  /** As many equal inputs as there are rows. */
  static List<int[]> rows(int count, int... each) {
    return new ArrayList<>(Collections.nCopies(count, each));
  }
}
