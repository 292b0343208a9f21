package org.recur4j.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * Published values: those in the kit's resources on every machine, and all of the folder that the
 * system property {@code recur4j.conformanceDir} (else {@code ../shared/conformance} beside the
 * build) names, where there is one.
 */
final class VectorChecks {
  private final Backend backend;
  private final DataType type;

  VectorChecks(Backend backend) {
    this.backend = backend;
    this.type =
        backend.info().dataTypes().contains(DataType.FLOAT64) ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (String line : resource("index.txt").lines().toList()) {
      add(checks, "bundled " + line, resource(line), line.startsWith("gradients/"));
    }
    Path folder = folder();
    if (folder != null) {
      files(folder.resolve("cases")).forEach(file -> add(checks, "case", read(file), false));
      files(folder.resolve("gradient-cases"))
          .forEach(file -> add(checks, "gradients", read(file), true));
      files(folder.resolve("error-cases"))
          .forEach(
              file -> {
                VectorCase c = new VectorCase(VectorCase.object(Json.parse(read(file))));
                checks.add(new Check("refused " + c.name(), () -> refused(c)));
              });
    }
    return checks.stream();
  }

  private void add(List<Check> checks, String origin, String text, boolean gradients) {
    VectorCase c = new VectorCase(VectorCase.object(Json.parse(text)));
    if (gradients) {

      checks.add(
          new Check(origin + " " + c.name(), () -> new VectorGradients(backend, type).run(c)));
    } else {
      checks.add(new Check(origin + " " + c.name(), () -> run(c)));
    }
  }

  private void run(VectorCase c) {
    if (c.op().equals("reverse_sequence")) {
      reverse(c);
      return;
    }
    c.checkCovered();
    for (Fusion fusion : List.of(Fusion.FORBID, Fusion.AUTO)) {
      for (Mode mode : Mode.values()) {
        run(c, fusion, mode);
      }
    }
  }

  private void run(VectorCase c, Fusion fusion, Mode mode) {
    RecurrentSpec spec = c.spec(type);
    try (Bench bench = new Bench(backend, c.name());
        RecurrentPlan plan = backend.recurrence().plan(spec, weights(c, spec, bench), fusion)) {
      VectorCase.Values x = c.ordered("X");
      int[] state = {spec.directions(), x.extent(1), spec.hiddenSize()};
      RecurrentOutput out =
          new RecurrentOutput(
              bench.output("Y", type, x.extent(0), x.extent(1), spec.outputSize()),
              new RecurrentState(
                  bench.output("Y_h", type, state),
                  spec.hasCellState() ? bench.output("Y_c", type, state) : null));
      int[] lengths = c.lengths();
      plan.forward(
          plan.open(bench.scope(), new Extent(x.extent(0), x.extent(1)), mode),
          new RecurrentInput(
              bench.input("X", type, x.data(), x.shape()),
              lengths == null ? null : Lengths.of(x.extent(0), lengths),
              initial(c, spec, bench, state),
              null),
          out);
      compare(c, spec, fusion + ", " + mode + ", ", bench, out, lengths);
      bench.inspect();
    }
  }

  private static void compare(
      VectorCase c,
      RecurrentSpec spec,
      String prefix,
      Bench bench,
      RecurrentOutput out,
      int... lengths) {
    VectorCase want = c.inner("expected");
    VectorCase tolerance = c.inner("tolerance");
    VectorCase.Values y = want.output("Y", c.number("layout", 0));
    double[] gotY = bench.read(out.y());
    double[] gotHidden = bench.read(out.last().hidden());
    near(prefix + "Y", gotY, y, tolerance);
    boolean keepsInitial = "initial".equals(c.field("empty_state"));
    last(prefix + "Y_h", c, want.values("Y_h"), gotHidden, tolerance, keepsInitial, lengths);
    if (spec.hasCellState()) {
      double[] gotCell = bench.read(out.last().cell());
      last(prefix + "Y_c", c, want.values("Y_c"), gotCell, tolerance, keepsInitial, lengths);
    }
    Merge merge = new Merge((String) c.field("merge_mode"), spec.hiddenSize());
    VectorCase.Values sequence = want.values("merged_sequence");
    if (sequence != null) {
      near(prefix + "merged_sequence", merge.rows(gotY), sequence.swapped(), tolerance);
    }
    VectorCase.Values last = want.values("merged_last");
    if (last != null) {
      VectorCase.Values states =
          new VectorCase.Values(gotHidden, out.last().hidden().shape().toArray());
      near(prefix + "merged_last", merge.rows(states.swapped().data()), last, tolerance);
    }
  }

  /** Some systems return zeros for an empty row where we return its initial state: not compared. */
  private static void last(
      String what,
      VectorCase c,
      VectorCase.Values want,
      double[] got,
      VectorCase tolerance,
      boolean keepsInitial,
      int... lengths) {
    if (want == null) {
      return;
    }
    VectorCase.Values ours = c.number("layout", 0) == 0 ? want : want.swapped();
    double[] expected = ours.data().clone();
    for (int i = 0; lengths != null && !keepsInitial && i < expected.length; i++) {
      int row = i / ours.extent(2) % ours.extent(1);
      expected[i] = lengths[row] == 0 ? got[i] : expected[i];
    }
    near(what, got, new VectorCase.Values(expected, ours.shape()), tolerance);
  }

  static void near(String what, double[] got, VectorCase.Values want, VectorCase tolerance) {
    if (want == null) {
      return;
    }
    for (int i = 0; i < want.data().length; i++) {
      double value = want.data()[i];
      double limit = tolerance.number("abs", 0) + tolerance.number("rel", 0) * Math.abs(value);
      if (!(Math.abs(got[i] - value) <= limit)) {
        throw new AssertionError(
            what
                + " element "
                + i
                + ": got "
                + got[i]
                + ", published "
                + value
                + ", tolerance "
                + limit
                + ". Where all generated cases pass, look at gate order and layout");
      }
    }
  }

  private void reverse(VectorCase c) {
    VectorCase.Values x = c.values("X");
    boolean batchFirst = c.number("batch_axis", 1) == 0;
    VectorCase.Values ours = batchFirst ? x.swapped() : x;
    VectorCase.Values want = c.inner("expected").values("Y");
    try (Bench bench = new Bench(backend, c.name())) {
      Tensor source = bench.input("x", type, ours.data(), ours.shape());
      Tensor target = bench.output("y", type, ours.shape());
      Tensor lengths = bench.integers("lengths", c.lengths());
      backend.kernels().reverse(lengths, source, target);
      double[] got = bench.read(target);
      // ONNX copies what lies past a length, ours is 0 there: only real steps are compared.
      double[] expected = (batchFirst ? want.swapped() : want).data().clone();
      for (int i = 0; i < expected.length; i++) {
        int inner = expected.length / (ours.extent(0) * ours.extent(1));
        boolean past = i / inner / ours.extent(1) >= c.lengths()[i / inner % ours.extent(1)];
        expected[i] = past ? 0 : expected[i];
      }
      near(c.name(), got, new VectorCase.Values(expected, ours.shape()), c.inner("tolerance"));
    }
  }

  private void refused(VectorCase c) {
    RecurrentSpec spec = c.spec(type);
    VectorCase.Values x = c.values("X");
    try (Bench bench = new Bench(backend, c.name());
        RecurrentPlan plan =
            backend.recurrence().plan(spec, weights(c, spec, bench), Fusion.AUTO)) {
      RecurrentOutput out =
          new RecurrentOutput(
              bench.output("y", type, x.extent(0), x.extent(1), spec.outputSize()), null);
      Tensor input = bench.input("x", type, x.data(), x.shape());
      try {
        plan.forward(
            plan.open(bench.scope(), new Extent(x.extent(0), x.extent(1)), Mode.INFERENCE),
            new RecurrentInput(input, Lengths.of(x.extent(0), c.lengths()), null, null),
            out);
      } catch (RecurException expected) {
        return;
      }
      throw new AssertionError(
          c.name() + " was accepted; it must be refused: " + c.field("must_fail_with"));
    }
  }

  RecurrentWeights weights(VectorCase c, RecurrentSpec spec, Bench bench) {
    return tensors(c.weights(c.op()), spec, bench);
  }

  static RecurrentWeights tensors(List<NaiveWeights> weights, RecurrentSpec spec, Bench bench) {
    int rows = spec.gates() * spec.hiddenSize();
    DataType type = spec.dataType();
    List<DirectionWeights> directions = new ArrayList<>();
    for (NaiveWeights w : weights) {
      boolean biased = w.biasIh() != null;
      directions.add(
          new DirectionWeights(
              bench.changing("weight_ih", type, w.weightIh(), rows, spec.inputSize()),
              bench.changing("weight_hh", type, w.weightHh(), rows, spec.hiddenSize()),
              biased ? bench.changing("bias_ih", type, w.biasIh(), rows) : null,
              biased ? bench.changing("bias_hh", type, w.biasHh(), rows) : null));
    }
    return new RecurrentWeights(directions);
  }

  static RecurrentState initial(VectorCase c, RecurrentSpec spec, Bench bench, int... shape) {
    VectorCase.Values hidden = c.ordered("initial_h");
    VectorCase.Values cell = c.ordered("initial_c");
    if (hidden == null && cell == null) {
      return null;
    }
    double[] zeros = new double[shape[0] * shape[1] * shape[2]];
    DataType type = spec.dataType();
    return new RecurrentState(
        bench.input("initial_h", type, hidden == null ? zeros : hidden.data(), shape),
        spec.hasCellState()
            ? bench.input("initial_c", type, cell == null ? zeros : cell.data(), shape)
            : null);
  }

  /** Joins the halves of rows {@code [forward H | reverse H]}. */
  private record Merge(String mode, int size) {
    double[] rows(double[] both) {
      if (mode.equals("concat")) {
        return both;
      }
      return Numbers.fill(
          both.length / 2,
          i -> {
            double forward = both[i / size * 2 * size + i % size];
            double reverse = both[i / size * 2 * size + size + i % size];
            return switch (mode) {
              case "sum" -> forward + reverse;
              case "ave" -> (forward + reverse) / 2;
              case "mul" -> forward * reverse;
              default -> throw new TestAbortedException("merge mode " + mode);
            };
          });
    }
  }

  private static Path folder() {
    String named = System.getProperty("recur4j.conformanceDir");
    if (named != null) {
      return Path.of(named);
    }
    for (String place : List.of("../shared/conformance", "../../shared/conformance")) {
      if (Files.isDirectory(Path.of(place))) {
        return Path.of(place);
      }
    }
    return null;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String resource(String name) {
    try (InputStream stream = VectorChecks.class.getResourceAsStream("vectors/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
