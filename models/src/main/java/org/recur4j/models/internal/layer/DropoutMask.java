package org.recur4j.models.internal.layer;

import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Masks of inverted dropout: 0 with the probability of the rate, else 1 / (1 − rate). They are
 * drawn from counters, so that one seed yields the same masks on every backend and with every
 * execution of a layer.
 */
public final class DropoutMask {
  private DropoutMask() {}

  /**
   * Returns a mask for one training step.
   *
   * @param run pass with seed and step
   * @param rate dropout rate, in [0, 1)
   * @param stream random stream of the layer, see {@link RandomStream}
   * @param part 0 or 1; the two masks of one layer use different steps of the stream
   * @param dataType type of the mask
   * @param shape shape of the mask
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
