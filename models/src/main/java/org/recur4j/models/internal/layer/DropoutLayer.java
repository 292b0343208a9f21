package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Inverted dropout (Srivastava et al. 2014): in training x · m / (1 − rate), m drawn anew each step
 * from counters, so that one seed gives the same masks everywhere; otherwise x itself.
 *
 * @param rate probability of a zero
 * @param variational whether all steps of a sequence, and its last state, share one mask (Gal &amp;
 *     Ghahramani 2016)
 * @param index the layer's number, which selects its random stream
 * @param outputSize features, as they come in
 */
public record DropoutLayer(double rate, boolean variational, int index, int outputSize)
    implements Layer {
  /**
   * A new mask for every step.
   *
   * @param rate probability of a zero
   * @param index the layer's number, which selects its random stream
   * @param outputSize features, as they come in
   */
  public DropoutLayer(double rate, int index, int outputSize) {
    this(rate, false, index, outputSize);
  }

  @Override
  public String name() {
    return (variational ? "variational dropout " : "dropout ") + rate;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {
    if (run.mode() == Mode.INFERENCE || rate == 0) {
      return in;
    }
    return new LayerOutput(masked(run, in.values(), 0), masked(run, in.last(), 1));
  }

  /** The sequence and the last state draw from two steps of the stream, unless they share. */
  private Tensor masked(LayerContext run, Tensor values, int part) {
    if (values == null) {
      return null;
    }
    boolean shared = variational && values.shape().rank() == 3;
    Shape shape = shared ? values.shape().with(0, 1) : values.shape();
    long stream = RandomStream.DROPOUT.at(index);
    int draw = variational ? 0 : part;
    Tensor mask = DropoutMask.draw(run, rate, stream, draw, values.dataType(), shape);
    return run.ops().multiply(values, mask);
  }
}
