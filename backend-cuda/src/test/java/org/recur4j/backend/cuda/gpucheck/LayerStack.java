package org.recur4j.backend.cuda.gpucheck;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** The layers of one shape with random weights, ready to run. */
final class LayerStack implements AutoCloseable {
  private record Layer(
      RecurrentPlan plan,
      Pass pass,
      RecurrentInput in,
      RecurrentOutput out,
      RecurrentOutput gradientOfOut,
      RecurrentInput gradientOfIn,
      RecurrentGradients sums) {}

  private final Backend backend;
  private final LayerShape shape;
  private final Scope scope;
  private final List<Layer> layers = new ArrayList<>();
  private long random = 17;

  LayerStack(Backend backend, LayerShape shape, Precision precision, Mode mode) {
    this.backend = backend;
    this.shape = shape;
    this.scope = backend.scope("gpu-check " + shape.name());
    try {
      build(precision, mode);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void build(Precision precision, Mode mode) {
    Tensor x = filled(1, shape.steps(), shape.batch(), shape.inputs());
    Tensor dx =
        mode.keepsForBackward() ? created(shape.steps(), shape.batch(), shape.inputs()) : null;
    for (int number = 0; number < shape.layers(); number++) {
      RecurrentSpec spec = shape.spec(number, precision);
      List<DirectionWeights> weights = new ArrayList<>();
      List<DirectionWeights> sums = new ArrayList<>();
      for (int direction = 0; direction < spec.directions(); direction++) {
        weights.add(weights(spec, 1 / Math.sqrt(spec.hiddenSize())));
        sums.add(mode.keepsForBackward() ? weights(spec, 0) : null);
      }
      RecurrentPlan plan =
          backend.recurrence().plan(spec, new RecurrentWeights(weights), Fusion.AUTO);
      Tensor y = created(shape.steps(), shape.batch(), spec.outputSize());
      // Waited calls are a stream of single steps: each begins where the one before ended.
      RecurrentState state = shape.waited() ? state(spec) : null;
      Tensor dy =
          mode.keepsForBackward()
              ? filled(1e-3, shape.steps(), shape.batch(), spec.outputSize())
              : null;
      layers.add(
          new Layer(
              plan,
              plan.open(scope, new Extent(shape.steps(), shape.batch()), mode),
              new RecurrentInput(x, null, state, null),
              new RecurrentOutput(y, state),
              new RecurrentOutput(dy, null),
              new RecurrentInput(dx, null, null, null),
              mode.keepsForBackward() ? new RecurrentGradients(sums) : null));
      x = y;
      dx = dy;
    }
  }

  /** How the top layer runs, for a person. */
  String engine() {
    var verdict = layers.get(0).plan().report().verdict();
    return (verdict.fused() ? "fused" : "portable")
        + " "
        + verdict.engine()
        + ": "
        + verdict.reason();
  }

  void forward() {
    for (Layer layer : layers) {
      layer.plan().forward(layer.pass(), layer.in(), layer.out());
    }
  }

  void forwardAndBackward() {
    forward();
    for (int number = layers.size() - 1; number >= 0; number--) {
      Layer layer = layers.get(number);
      layer
          .plan()
          .backward(layer.pass(), layer.gradientOfOut(), layer.gradientOfIn(), layer.sums());
    }
  }

  /** y of the top layer. */
  float[] output() {
    Tensor y = layers.get(layers.size() - 1).out().y();
    float[] values = new float[y.size()];
    backend.download(y, values, 0);
    return values;
  }

  /** A time says nothing about numbers that nobody looked at. */
  void checkOutput() {
    float[] values = output();
    boolean moved = false;
    for (float value : values) {
      if (!(Math.abs(value) <= 1)) {
        throw new IllegalStateException(
            shape.name() + ": an output is " + value + ", outside of [-1, 1]");
      }
      moved |= value != 0;
    }
    if (!moved) {
      throw new IllegalStateException(shape.name() + ": every output is 0");
    }
  }

  private DirectionWeights weights(RecurrentSpec spec, double bound) {
    int rows = spec.gates() * spec.hiddenSize();
    return new DirectionWeights(
        filled(bound, rows, spec.inputSize()),
        filled(bound, rows, spec.hiddenSize()),
        filled(bound, rows),
        filled(bound, rows));
  }

  private RecurrentState state(RecurrentSpec spec) {
    Tensor hidden = filled(0, spec.directions(), shape.batch(), spec.hiddenSize());
    Tensor cell =
        spec.hasCellState() ? filled(0, spec.directions(), shape.batch(), spec.hiddenSize()) : null;
    return new RecurrentState(hidden, cell);
  }

  private Tensor created(int... extents) {
    return scope.create(DataType.FLOAT32, Shape.of(extents));
  }

  /** Even over [−bound, bound); quick, because the largest shapes have half a billion of them. */
  private Tensor filled(double bound, int... extents) {
    Tensor tensor = created(extents);
    float[] values = new float[tensor.size()];
    float unit = (float) (bound * 0x1p-23);
    for (int i = 0; bound > 0 && i < values.length; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      values[i] = (int) (random >> 40) * unit;
    }
    backend.upload(values, 0, tensor);
    return tensor;
  }

  @Override
  public void close() {
    for (Layer layer : layers) {
      layer.plan().close();
    }
    scope.close();
  }
}
