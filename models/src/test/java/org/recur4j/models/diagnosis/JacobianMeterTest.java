package org.recur4j.models.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.reference.NaiveInput;
import org.recur4j.api.reference.NaiveRecurrence;
import org.recur4j.api.reference.NaiveResult;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.models.layer.LayerTrace;

/** One unit a cell, so that every step's Jacobian is one number, or two by two of an LSTM. */
class JacobianMeterTest {
  private static final int STEPS = 5;
  private static final double STEP = 1e-6;

  private static double[] random(int count, int stream) {
    double[] values = new double[count];
    new Philox(8).fillGaussian(values, 0, count, RandomStream.CUSTOM.at(stream), 0);
    return values;
  }

  private static RecurrentSpec spec(CellKind cell, Direction direction) {
    return switch (cell) {
      case VANILLA -> RecurrentSpec.vanilla(1, 1).direction(direction).build();
      case LSTM -> RecurrentSpec.lstm(1, 1).direction(direction).build();
      case GRU -> RecurrentSpec.gru(1, 1).direction(direction).build();
    };
  }

  private static NaiveWeights weights(RecurrentSpec spec) {
    int rows = spec.gates();
    return new NaiveWeights(random(rows, 0), random(rows, 1), random(rows, 2), random(rows, 3));
  }

  private static NaiveResult run(RecurrentSpec spec, double[] x, double[] h, double[] c) {
    return new NaiveRecurrence(spec, List.of(weights(spec)))
        .forward(new NaiveInput(x.length, 1, x, null, h, c, null));
  }

  /** By finite differences of one step after the other, from h = 0.4 and c = −0.7. */
  private static double[] norms(RecurrentSpec spec, double[] walked) {
    boolean lstm = spec.hasCellState();
    double[] h = {0.4};
    double[] c = lstm ? new double[] {-0.7} : null;
    double[] norms = new double[walked.length];
    for (int t = 0; t < walked.length; t++) {
      double[] x = {walked[t]};
      double[][] columns = new double[2][2];
      for (int i = 0; i < (lstm ? 2 : 1); i++) {
        double dh = i == 0 ? STEP : 0;
        double dc = STEP - dh;
        NaiveResult up = run(spec, x, new double[] {h[0] + dh}, moved(c, dc));
        NaiveResult down = run(spec, x, new double[] {h[0] - dh}, moved(c, -dc));
        columns[i][0] = (up.lastHidden()[0] - down.lastHidden()[0]) / (2 * STEP);
        columns[i][1] = lstm ? (up.lastCell()[0] - down.lastCell()[0]) / (2 * STEP) : 0;
      }
      double squares = Arrays.stream(columns).flatMapToDouble(Arrays::stream).map(v -> v * v).sum();
      double determinant = columns[0][0] * columns[1][1] - columns[0][1] * columns[1][0];
      double root = Math.sqrt(Math.max(0, squares * squares - 4 * determinant * determinant));
      norms[t] = Math.sqrt((squares + root) / 2);
      NaiveResult result = run(spec, x, h, c);
      h = result.lastHidden();
      c = result.lastCell();
    }
    return norms;
  }

  private static double[] moved(double[] c, double by) {
    return c == null ? null : new double[] {c[0] + by};
  }

  @ParameterizedTest
  @CsvSource({"VANILLA, FORWARD", "LSTM, FORWARD", "GRU, FORWARD", "LSTM, REVERSE", "GRU, REVERSE"})
  void everyStepStartsFromTheStateBeforeIt(CellKind cell, Direction direction) {
    RecurrentSpec spec = spec(cell, direction);
    double[] x = random(STEPS, 4);
    double[] h = {0.4};
    double[] c = spec.hasCellState() ? new double[] {-0.7} : null;
    NaiveResult result = run(spec, x, h, c);
    NaiveWeights weights = weights(spec);
    boolean reverse = direction == Direction.REVERSE;
    LayerTrace trace =
        new LayerTrace(
            "a layer",
            reverse,
            Lengths.full(STEPS, 1),
            1,
            new double[STEPS],
            new LayerTrace.Planned(spec, null, result.gates(), result.cellStates(), h, c));
    JacobianMeter meter = new JacobianMeter();
    meter.add(trace, weights.weightHh(), weights.biasHh());
    double[] walked =
        IntStream.range(0, STEPS).mapToDouble(t -> x[reverse ? STEPS - 1 - t : t]).toArray();
    double[] norms = norms(spec, walked);
    JacobianNorms seen = meter.norms().orElseThrow();
    assertThat(seen.mean()).isCloseTo(Arrays.stream(norms).average().orElseThrow(), within(1e-4));
    assertThat(seen.largest()).isCloseTo(Arrays.stream(norms).max().orElseThrow(), within(1e-4));
  }
}
