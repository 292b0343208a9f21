package org.recur4j.models.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Tensor;

/**
 * Inverted dropout (Srivastava et al. 2014): in training x · m / (1 − rate), m drawn anew each step
 * from counters, so that one seed gives the same masks everywhere; otherwise x itself.
 *
 * @param rate probability of a zero
 * @param index the layer's number, which selects its random stream
 * @param outputSize features, as they come in
 */
public record DropoutLayer(double rate, int index, int outputSize) implements Layer {
  @Override
  public String name() {
    return "dropout " + rate;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Flow forward(LayerRun run, Flow in) {
    if (run.mode() == Mode.INFERENCE || rate == 0) {
      return in;
    }
    return new Flow(masked(run, in.values(), 0), masked(run, in.last(), 1));
  }

  /** The sequence and the last state draw from two steps of the stream. */
  private Tensor masked(LayerRun run, Tensor values, int part) {
    if (values == null) {
      return null;
    }
    int size = values.size();
    float[] mask = run.passes().floats(size);
    new Philox(run.seed())
        .fillUniform(mask, 0, size, RandomStream.DROPOUT.at(index), 2 * run.step() + part, 0f, 1f);
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < size; i++) {
      mask[i] = mask[i] < rate ? 0 : kept;
    }
    Tensor tensor = run.ops().scope().create(values.dataType(), values.shape());
    run.ops().backend().upload(mask, 0, tensor);
    return run.ops().multiply(values, tensor);
  }
}
