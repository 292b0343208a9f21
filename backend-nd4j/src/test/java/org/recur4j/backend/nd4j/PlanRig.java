package org.recur4j.backend.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** A plan with random operands of one seed, to be run and looked at. */
public final class PlanRig implements AutoCloseable {
  public final RecurrentPlan plan;
  public final Pass pass;
  public final RecurrentInput in;
  public final RecurrentOutput out;
  final RecurrentOutput dOut;
  public final RecurrentInput dIn;
  public final RecurrentGradients sums;
  private final Backend backend;
  private final Scope scope;
  private final Random random = new Random(7);
  private final int steps;
  private final int batch;
  private final RecurrentSpec spec;

  /** {@code lengths} null for full ones; x and dy beyond a length are NaN. */
  public PlanRig(
      Backend backend,
      RecurrentSpec spec,
      int steps,
      int batch,
      Lengths lengths,
      Mode mode,
      Fusion fusion) {
    this.backend = backend;
    this.spec = spec;
    this.steps = steps;
    this.batch = batch;
    this.scope = backend.scope("rig");
    int rows = spec.gates() * spec.hiddenSize();
    List<DirectionWeights> weights = new ArrayList<>();
    List<DirectionWeights> gradients = new ArrayList<>();
    float scale = (float) (1 / Math.sqrt(spec.hiddenSize()));
    for (int d = 0; d < spec.directions(); d++) {
      boolean ih = spec.biases() != Biases.NONE;
      boolean hh = spec.biases() == Biases.DOUBLE;
      weights.add(
          new DirectionWeights(
              filled(scale, rows, spec.inputSize()),
              filled(scale, rows, spec.hiddenSize()),
              ih ? filled(scale, rows) : null,
              hh ? filled(scale, rows) : null));
      gradients.add(
          new DirectionWeights(
              constant(0.25f, rows, spec.inputSize()),
              constant(0.25f, rows, spec.hiddenSize()),
              ih ? constant(0.25f, rows) : null,
              hh ? constant(0.25f, rows) : null));
    }
    sums = new RecurrentGradients(gradients);
    in =
        new RecurrentInput(
            padded(filled(1, steps, batch, spec.inputSize()), lengths),
            lengths,
            state(1),
            spec.hiddenMask() ? filled(1, spec.directions(), batch, spec.hiddenSize()) : null);
    out =
        new RecurrentOutput(constant(Float.NaN, steps, batch, spec.outputSize()), state(Float.NaN));
    dOut =
        new RecurrentOutput(padded(filled(1, steps, batch, spec.outputSize()), lengths), state(1));
    dIn =
        new RecurrentInput(
            constant(Float.NaN, steps, batch, spec.inputSize()), null, state(Float.NaN), null);
    plan = backend.recurrence().plan(spec, new RecurrentWeights(weights), fusion);
    pass = plan.open(scope, new Extent(steps, batch), mode);
  }

  public void forward() {
    plan.forward(pass, in, out);
  }

  public void backward() {
    plan.backward(pass, dOut, dIn, sums);
  }

  /** y and the last state. */
  public List<float[]> outputs() {
    List<float[]> all = new ArrayList<>();
    all.add(read(out.y()));
    states(out.last(), all);
    return all;
  }

  /** dx, the initial state's and the weights' gradients. */
  public List<float[]> gradients() {
    List<float[]> all = new ArrayList<>();
    all.add(read(dIn.x()));
    states(dIn.initial(), all);
    for (DirectionWeights sum : sums.directions()) {
      all.add(read(sum.weightIh()));
      all.add(read(sum.weightHh()));
      if (sum.biasIh() != null) {
        all.add(read(sum.biasIh()));
      }
      if (sum.biasHh() != null) {
        all.add(read(sum.biasHh()));
      }
    }
    return all;
  }

  private void states(RecurrentState state, List<float[]> all) {
    all.add(read(state.hidden()));
    if (state.cell() != null) {
      all.add(read(state.cell()));
    }
  }

  public float[] read(Tensor tensor) {
    float[] values = new float[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  /** NaN for a state that is to be overwritten. */
  private RecurrentState state(float scale) {
    int[] shape = {spec.directions(), batch, spec.hiddenSize()};
    boolean cell = spec.hasCellState();
    return Float.isNaN(scale)
        ? new RecurrentState(constant(scale, shape), cell ? constant(scale, shape) : null)
        : new RecurrentState(filled(scale, shape), cell ? filled(scale, shape) : null);
  }

  private Tensor filled(float scale, int... shape) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(shape));
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (2 * random.nextFloat() - 1);
    }
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private Tensor constant(float value, int... shape) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(shape));
    backend.kernels().fill(value, tensor);
    return tensor;
  }

  private Tensor padded(Tensor tensor, Lengths lengths) {
    float[] values = read(tensor);
    int width = tensor.extent(2);
    for (int i = 0; i < values.length && lengths != null; i++) {
      if (i / width / batch >= lengths.get(i / width % batch)) {
        values[i] = Float.NaN;
      }
    }
    backend.upload(values, 0, tensor);
    return tensor;
  }

  int steps() {
    return steps;
  }

  @Override
  public void close() {
    plan.close();
    scope.close();
  }
}
