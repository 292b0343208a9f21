package org.recur4j.models.internal.layer;

import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Masks of inverted dropout: 0 with the rate's probability, else 1 / (1 − rate), drawn from
 * counters, so that one seed gives the same masks on every backend and every way to run a layer.
 */
public final class DropoutMask {
  private DropoutMask() {}

  /**
   * A mask of one training step.
   *
   * @param run seed and step
   * @param rate in [0, 1)
   * @param stream the layer's, see {@link RandomStream}
   * @param part 0 or 1: two masks of one layer draw from two steps of the stream
   * @param dataType of the mask
   * @param shape of the mask
   * @return a tensor of the run's scope
   */
  public static Tensor draw(
      LayerContext run, double rate, long stream, int part, DataType dataType, Shape shape) {
    int size = shape.size();
    float[] mask = run.passes().floats(size);
    new Philox(run.seed()).fillUniform(mask, 0, size, stream, 2 * run.step() + part, 0f, 1f);
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < size; i++) {
      mask[i] = mask[i] < rate ? 0 : kept;
    }
    Tensor tensor = run.ops().scope().create(dataType, shape);
    run.ops().backend().upload(mask, 0, tensor);
    return tensor;
  }
}
