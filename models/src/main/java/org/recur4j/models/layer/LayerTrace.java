package org.recur4j.models.layer;

import java.util.Objects;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Lengths;

/**
 * The values of one direction of a recurrent layer for a batch, after the backward pass of a run in
 * mode {@link org.recur4j.api.recurrent.Mode#TRACING}. Arrays are row-major, time first, 0 past a
 * row's length, and not copied.
 *
 * @param layer the layer's name
 * @param reverse whether the direction runs from each row's last step to its first
 * @param lengths the lengths of the rows
 * @param hiddenSize H
 * @param stateGradients ∂L/∂h_t {@code [T, B, H]}, including the part through later steps
 * @param planned the values that only a plan keeps; null if the layer runs step by step
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
   * The inputs and intermediate values of a plan.
   *
   * @param spec the specification of the cell
   * @param weights the weights of this direction, valid until the layer is closed
   * @param gates gate activations {@code [T, B, G·H]}, in the stored order; h for a vanilla cell
   * @param cellStates {@code [T, B, H]}; null unless LSTM
   * @param initialHidden h before the first step {@code [B, H]}; null for zeros
   * @param initialCell c before the first step {@code [B, H]}; null for zeros, and unless LSTM
   */
  public record Planned(
      RecurrentSpec spec,
      DirectionWeights weights,
      double[] gates,
      double[] cellStates,
      double[] initialHidden,
      double[] initialCell) {}

  /**
   * Returns the time index of a step, counted back from the last step in the layer's direction.
   *
   * @param row 0 … B − 1
   * @param back number of steps back, 0 for the last step; below the row's length
   * @return 0 … T − 1
   */
  public int time(int row, int back) {
    return reverse ? back : lengths.get(row) - 1 - back;
  }
}
