package org.recur4j.models.layer;

import java.util.Objects;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Lengths;

/**
 * What one direction of a recurrent layer did with a batch in a run in mode {@link
 * org.recur4j.api.recurrent.Mode#TRACING}, after the walk back. Row-major arrays, time first, 0
 * past a row's length; not copied.
 *
 * @param layer the layer's name
 * @param reverse whether it reads from each row's last step to its first
 * @param lengths of the rows
 * @param hiddenSize H
 * @param stateGradients ∂L/∂h_t {@code [T, B, H]}, the part through later steps included
 * @param planned what only a plan keeps; null where the layer runs step by step
 */
public record LayerTrace(
    String layer,
    boolean reverse,
    Lengths lengths,
    int hiddenSize,
    double[] stateGradients,
    Planned planned) {
  /** Checks the size of the gradients. */
  public LayerTrace {
    Objects.requireNonNull(layer, "layer");
    long wanted = (long) lengths.steps() * lengths.batch() * hiddenSize;
    if (stateGradients.length != wanted) {
      throw new InvalidArgumentException(
          "trace of " + layer,
          stateGradients.length + " state gradients",
          wanted + ", one for each step, row and unit",
          "Read the trace for the last forward's steps and batch");
    }
  }

  /**
   * What a plan keeps, and what it computed with.
   *
   * @param spec what the plan computes
   * @param weights of this direction, which live as long as the layer
   * @param gates activated {@code [T, B, G·H]}, in the stored order; of a vanilla cell h itself
   * @param cellStates {@code [T, B, H]}; null unless LSTM
   * @param initialHidden h before the first step {@code [B, H]}; null for zeros
   * @param initialCell c before the first step {@code [B, H]}; null for zeros, or no LSTM
   */
  public record Planned(
      RecurrentSpec spec,
      DirectionWeights weights,
      double[] gates,
      double[] cellStates,
      double[] initialHidden,
      double[] initialCell) {}

  /**
   * Where on the time axis a step lies that is so many steps before the last one walked.
   *
   * @param row 0 … B − 1
   * @param back 0 for the last step walked; below the row's length
   * @return 0 … T − 1
   */
  public int time(int row, int back) {
    return reverse ? back : lengths.get(row) - 1 - back;
  }
}
