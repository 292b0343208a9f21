package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Inverted dropout (Srivastava et al. 2014): during training, x · m / (1 − rate) with a mask m
 * drawn from counters at each training step, so that one seed yields the same masks on every
 * backend; otherwise x itself.
 *
 * @param rate probability of zeroing a feature
 * @param variational whether all steps of a sequence, and its last state, share one mask (Gal &amp;
 *     Ghahramani 2016)
 * @param index index of the layer, which selects its random stream
 * @param outputSize number of features, of input and output
 */
public record DropoutLayer(double rate, boolean variational, int index, int outputSize)
    implements Layer {
  /**
   * Creates a layer that uses a new mask for every step.
   *
   * @param rate probability of zeroing a feature
   * @param index index of the layer, which selects its random stream
   * @param outputSize number of features, of input and output
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

  /**
   * Applies the mask; the sequence and the last state use different steps of the stream unless they
   * share a mask.
   */
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
