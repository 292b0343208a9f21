package org.recur4j.examples.newnames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.data.Vocabulary;
import org.recur4j.models.decoding.Continuation;
import org.recur4j.models.network.Network;

/**
 * Names that a network is in the middle of saying. Names are short: each step reads them again from
 * their beginning.
 */
final class NameContinuation implements Continuation {
  private final Network network;
  private final int[] start;
  private final int rows;
  private List<int[]> said = new ArrayList<>();

  /** All names begin with the same characters, encoded. */
  NameContinuation(Network network, int rows, int... start) {
    this.network = network;
    this.rows = rows;
    this.start = start;
    for (int row = 0; row < rows; row++) {
      said.add(new int[0]);
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int classes() {
    return network.architecture().outputs();
  }

  @Override
  public int begin() {
    return Vocabulary.PADDING;
  }

  @Override
  public int end() {
    return Vocabulary.PADDING;
  }

  @Override
  public void choose(int... chosen) {
    List<int[]> kept = new ArrayList<>();
    for (int row : chosen) {
      kept.add(said.get(row));
    }
    said = kept;
  }

  @Override
  public float[] step(int... tokens) {
    List<int[]> longer = new ArrayList<>();
    for (int row = 0; row < tokens.length; row++) {
      int[] before = said.get(row);
      boolean first = before.length == 0;
      int[] now = Arrays.copyOf(before, before.length + 1 + (first ? start.length : 0));
      now[before.length] = tokens[row];
      if (first) {
        System.arraycopy(start, 0, now, 1, start.length);
      }
      longer.add(now);
    }
    said = longer;
    float[] logits = new float[tokens.length * classes()];
    float[][] answers = network.predict(SequenceBatch.ofIndices(said));
    for (int row = 0; row < tokens.length; row++) {
      int last = answers[row].length - classes();
      for (int c = 0; c < classes(); c++) {
        // Logarithms of probabilities are logits; what is never answered must never be drawn.
        boolean possible = c != Vocabulary.UNKNOWN;
        logits[row * classes() + c] =
            possible ? (float) StrictMath.log(answers[row][last + c]) : Float.NEGATIVE_INFINITY;
      }
    }
    return logits;
  }

  @Override
  public float[][] attention() {
    return new float[0][];
  }

  @Override
  public void close() {
    // It owns nothing: the network outlives it.
  }
}
