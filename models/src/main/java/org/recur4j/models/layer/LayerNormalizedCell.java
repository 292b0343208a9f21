package org.recur4j.models.layer;

import java.util.List;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/**
 * A vanilla (Elman) cell with layer normalization before the activation (J. L. Ba, J. R. Kiros, G.
 * E. Hinton, "Layer normalization", 2016, equation 4). With x the input and h′ the previous state:
 *
 * <pre>
 * a = W x + U h′
 * h = tanh(g · (a − μ) / √(σ² + ε) + b)        μ, σ² over the units of a
 * </pre>
 *
 * <p>The gain g is stored as its difference from 1, so that all vectors of the cell can start near
 * 0.
 */
public final class LayerNormalizedCell implements Cell {
  private static final LayerNormalizationFunction NORMALIZE = new LayerNormalizationFunction(1e-5);

  private final int hiddenSize;
  private final Parameter weightIh;
  private final Parameter weightHh;
  private final Parameter gain;
  private final Parameter bias;

  /**
   * Creates a cell.
   *
   * @param parameters the source of its parameters
   * @param inputSize I
   * @param hiddenSize H, at least 2
   */
  public LayerNormalizedCell(Parameters parameters, int inputSize, int hiddenSize) {
    if (hiddenSize < 2) {
      throw new InvalidArgumentException(
          "layer-normalized cell",
          "hidden size " + hiddenSize,
          "at least 2, because one unit alone always equals the mean",
          "Choose a larger size");
    }
    this.hiddenSize = hiddenSize;
    weightIh = parameters.input("weight_ih", 1, hiddenSize, inputSize);
    weightHh = parameters.recurrent("weight_hh", 1, hiddenSize);
    gain = parameters.bias("gain", new float[hiddenSize]);
    bias = parameters.bias("bias", new float[hiddenSize]);
  }

  /**
   * Returns a factory for {@code cell("layer-normalized", LayerNormalizedCell.factory(64))}.
   *
   * @param hiddenSize H, at least 2
   * @return a factory
   */
  public static Cell.Factory factory(int hiddenSize) {
    return (parameters, inputSize) -> new LayerNormalizedCell(parameters, inputSize, hiddenSize);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weightIh, weightHh, gain, bias);
  }

  @Override
  public int hiddenSize() {
    return hiddenSize;
  }

  @Override
  public State initialState(Ops ops, int batch) {
    return State.of(ops.zeros(weightIh.value().dataType(), batch, hiddenSize));
  }

  @Override
  public State step(Ops ops, Tensor x, State previous) {
    Tensor sums =
        ops.add(
            ops.linear(x, weightIh.value(), null),
            ops.linear(previous.hidden(), weightHh.value(), null));
    Tensor normalized = ops.call(NORMALIZE, sums, ops.affine(1, gain.value(), 1), bias.value());
    return State.of(ops.tanh(normalized));
  }
}
