package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/**
 * Gradients of portable plans in FLOAT64 against central differences of the same plan's forward: no
 * oracle of ours stands between.
 */
final class DifferenceChecks {
  private static final double STEP = 1e-5;

  /** Truncation is of the order of STEP², rounding of 1e-16 / STEP; both are well below. */
  private static final double TOLERANCE = 1e-8;

  private final Backend backend;

  DifferenceChecks(Backend backend) {
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    if (!backend.info().dataTypes().contains(DataType.FLOAT64)) {
      return Stream.of(new Check("finite differences", DifferenceChecks::withoutDoubles));
    }
    for (RecurrentCase.Variant variant : RecurrentCase.Variant.USUAL) {
      for (Direction direction : Direction.values()) {
        RecurrentCase c =
            new RecurrentCase(
                variant,
                direction,
                3,
                4,
                2,
                3,
                RecurrentCase.Raggedness.WITH_ZERO,
                true,
                Biases.DOUBLE,
                variant != RecurrentCase.Variant.VANILLA_RELU,
                DataType.FLOAT64);
        String name = "finite differences " + variant + " " + direction;
        checks.add(new Check(name, () -> run(c)));
      }
    }
    return checks.stream();
  }

  private static void withoutDoubles() {
    throw new TestAbortedException(
        "info().dataTypes() lacks FLOAT64, in which gradients would be compared with finite"
            + " differences; they are compared with the reference in FLOAT32 only");
  }

  private void run(RecurrentCase c) {
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), Fusion.FORBID)) {
      Pass pass = run.open(Mode.TRAINING);
      run.plan.forward(pass, run.tensors.in, run.tensors.out);
      run.plan.backward(pass, run.tensors.dOut, run.tensors.dIn, run.tensors.sums);
      compare("d_x", run, pass, run.tensors.in.x(), run.tensors.dIn.x(), 0);
      compare(
          "d_initial hidden",
          run,
          pass,
          run.tensors.in.initial().hidden(),
          run.tensors.dIn.initial().hidden(),
          0);
      if (c.spec().hasCellState()) {
        compare(
            "d_initial cell",
            run,
            pass,
            run.tensors.in.initial().cell(),
            run.tensors.dIn.initial().cell(),
            0);
      }
      for (int d = 0; d < run.weights.directions().size(); d++) {
        DirectionWeights w = run.weights.directions().get(d);
        DirectionWeights sum = run.tensors.sums.directions().get(d);
        String where = "direction " + d + " d_";
        compare(where + "weight_ih", run, pass, w.weightIh(), sum.weightIh(), CaseTensors.START);
        compare(where + "weight_hh", run, pass, w.weightHh(), sum.weightHh(), CaseTensors.START);
        compare(where + "bias_ih", run, pass, w.biasIh(), sum.biasIh(), CaseTensors.START);
        compare(where + "bias_hh", run, pass, w.biasHh(), sum.biasHh(), CaseTensors.START);
      }
      run.bench.inspect();
    }
  }

  /** Gradients were added to {@code start}. */
  private static void compare(
      String what, PlanRun run, Pass pass, Tensor operand, Tensor gradient, double start) {
    double[] values = run.bench.read(operand);
    double[] want = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      // x past a length is NaN and has gradient 0; it is not part of the function.
      if (!Double.isNaN(value)) {
        double above = loss(run, pass, operand, values, i, value + STEP);
        double below = loss(run, pass, operand, values, i, value - STEP);
        want[i] = (above - below) / (2 * STEP);
      }
      want[i] += start;
      values[i] = value;
    }
    run.bench.write(values, operand);
    run.plan.refresh();
    Comparison.check(
        what,
        run.bench.read(gradient),
        want,
        TOLERANCE,
        Advice.DIFFERENCES,
        gradient.shape().toArray());
  }

  /** L = Σ y·dy + Σ last·dLast with one element moved. */
  private static double loss(
      PlanRun run, Pass pass, Tensor operand, double[] values, int i, double moved) {
    values[i] = moved;
    run.bench.write(values, operand);
    run.plan.refresh();
    run.plan.forward(pass, run.tensors.in, run.tensors.out);
    double sum = dot(run.bench.read(run.tensors.out.y()), run.tensors.data.dy());
    sum += dot(run.bench.read(run.tensors.out.last().hidden()), run.tensors.data.dLastHidden());
    return run.tensors.data.dLastCell() == null
        ? sum
        : sum + dot(run.bench.read(run.tensors.out.last().cell()), run.tensors.data.dLastCell());
  }

  /** Past a length y is 0 and dy NaN. */
  private static double dot(double[] a, double... b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Double.isNaN(b[i]) ? 0 : a[i] * b[i];
    }
    return sum;
  }
}
