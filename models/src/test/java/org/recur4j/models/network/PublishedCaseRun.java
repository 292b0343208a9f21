package org.recur4j.models.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.cell.ReferenceCell;
import org.recur4j.api.cell.State;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.PeepholeLstmSpec;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.internal.layer.CarriedStates;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.internal.recurrent.RecurrentCells;
import org.recur4j.models.internal.recurrent.RecurrentLayer;
import org.recur4j.models.internal.recurrent.ScanOutput;
import org.recur4j.models.layer.PeepholeLstmCell;

/** One published case as a layer of its own, run by its plan, if it has one, and step by step. */
final class PublishedCaseRun implements AutoCloseable {
  private final PublishedCase c;
  private final Backend backend;
  private final Scope scope;
  private final PublishedCase.Values x;
  private final int hidden;
  private int comparisons;

  PublishedCaseRun(BackendProvider provider, PublishedCase c) {
    this.c = c;
    this.backend = provider.open(BackendOptions.defaults());
    this.scope = backend.scope(c.name());
    this.x = c.ordered("X");
    this.hidden = c.values("R").shape()[2];
  }

  /** Why a case cannot be run through a layer. */
  static Optional<String> uncovered(PublishedCase c) {
    if (c.op().equals("reverse_sequence")) {
      return Optional.of("not recurrent");
    }
    if (c.has("mask")) {
      return Optional.of("masks: PublishedMasksTest");
    }
    return c.activations(0) == null ? Optional.of("no such activation") : Optional.empty();
  }

  /** Returns how many tensors were compared. */
  int compare() {
    for (boolean stepwise : new boolean[] {false, true}) {
      RecurrentOptions options =
          RecurrentOptions.of(Direction.valueOf(c.text("direction").toUpperCase(Locale.ROOT)));
      if (c.has("merge_mode")) {
        options = options.merge(merge());
      }
      try (RecurrentLayer layer =
              new RecurrentLayer(c.name(), backend, cells(), options, 0, stepwise);
          Workspaces passes = new Workspaces(scope.child("passes"))) {
        compare(layer, passes, stepwise ? " step by step" : " planned");
      }
    }
    if (comparisons == 0) {
      throw new AssertionError(c.name() + ": nothing that this test knows is expected");
    }
    return comparisons;
  }

  private Merge merge() {
    return switch (c.text("merge_mode")) {
      case "concat" -> Merge.CONCATENATE;
      case "sum" -> Merge.SUM;
      case "ave" -> Merge.AVERAGE;
      case "mul" -> Merge.MULTIPLY;
      default -> throw new IllegalArgumentException(c.text("merge_mode"));
    };
  }

  private void compare(RecurrentLayer layer, Workspaces passes, String way) {
    int steps = x.shape()[0];
    int batch = x.shape()[1];
    int[] given = c.lengths();
    int[] rows = new int[batch];
    Arrays.fill(rows, steps);
    Lengths lengths = Lengths.of(steps, given == null ? rows : given);
    Tensor lengthTensor = scope.create(DataType.INT32, Shape.of(batch));
    backend.upload(given == null ? rows : given, 0, lengthTensor);
    EagerOps ops = new EagerOps(backend, scope);
    LayerContext run =
        new LayerContext(
            ops, lengths, lengthTensor, Mode.INFERENCE, 0, 0, passes, CarriedStates.none());
    ScanOutput out = layer.run(run, tensor(x.data(), x.shape()), initial());
    PublishedCase want = c.inner("expected");
    if (!c.has("merge_mode") || merge() == Merge.CONCATENATE) {
      PublishedCase.Values y = want.values("Y");
      near("Y" + way, out.values(), y == null ? null : PublishedCase.sequence(y, layout()));
    }
    PublishedCase.Values sequence = want.values("merged_sequence");
    near("merged_sequence" + way, out.values(), sequence == null ? null : sequence.swapped());
    near("merged_last" + way, layer.lastState(ops, out.last()), want.values("merged_last"));
    last("Y_h", way, out.last().hidden(), want);
    if (out.last().parts().size() > 1) {
      last("Y_c", way, out.last().parts().get(1), want);
    }
  }

  private double layout() {
    return c.number("layout", 0);
  }

  /** Some systems return zeros for an empty row where we return its initial state: not compared. */
  private void last(String what, String way, Tensor got, PublishedCase expected) {
    PublishedCase.Values given = expected.values(what);
    if (given == null) {
      return;
    }
    PublishedCase.Values want = layout() == 0 ? given : given.swapped();
    double[] data = want.data().clone();
    double[] ours = read(got);
    boolean keepsInitial = "initial".equals(c.text("empty_state"));
    for (int i = 0; c.lengths() != null && !keepsInitial && i < data.length; i++) {
      int row = i / hidden % want.shape()[1];
      data[i] = c.lengths()[row] == 0 ? ours[i] : data[i];
    }
    near(what + way, got, new PublishedCase.Values(data, want.shape()));
  }

  private void near(String what, Tensor got, PublishedCase.Values want) {
    if (want == null) {
      return;
    }
    comparisons++;
    double[] ours = read(got);
    PublishedCase tolerance = c.inner("tolerance");
    for (int i = 0; i < want.data().length; i++) {
      double value = want.data()[i];
      double limit = tolerance.number("abs", 0) + tolerance.number("rel", 0) * Math.abs(value);
      if (ours.length != want.data().length || !(Math.abs(ours[i] - value) <= limit)) {
        throw new AssertionError(
            c.name() + " " + what + " element " + i + ": got " + ours[i] + ", published " + value);
      }
    }
  }

  private State initial() {
    PublishedCase.Values h = c.ordered("initial_h");
    PublishedCase.Values cell = c.ordered("initial_c");
    if (h == null && cell == null) {
      return null;
    }
    int[] shape = {c.directions(), x.shape()[1], hidden};
    double[] zeros = new double[shape[0] * shape[1] * shape[2]];
    Tensor first = tensor(h == null ? zeros : h.data(), shape);
    return c.op().equals("lstm")
        ? State.of(first, tensor(cell == null ? zeros : cell.data(), shape))
        : State.of(first);
  }

  private RecurrentCells cells() {
    List<Cell> directions = new ArrayList<>();
    for (int d = 0; d < c.directions(); d++) {
      directions.add(cell(d));
    }
    return new RecurrentCells(directions, List.of(), List.of());
  }

  private Cell cell(int direction) {
    Parameters source = new Given(direction);
    List<Activation> functions = c.activations(direction);
    int inputs = x.shape()[2];
    if (c.needsPeepholeCell()) {
      PeepholeLstmSpec spec =
          PeepholeLstmSpec.of(hidden)
              .activations(functions.get(0), functions.get(1), functions.get(2))
              .clip(c.number("clip", Double.POSITIVE_INFINITY));
      boolean coupled = c.number("input_forget", 0) != 0;
      return new PeepholeLstmCell(source, coupled ? spec.coupledGates() : spec, inputs);
    }
    CellKind kind =
        switch (c.op()) {
          case "rnn" -> CellKind.VANILLA;
          case "gru" -> CellKind.GRU;
          default -> CellKind.LSTM;
        };
    boolean before = c.number("linear_before_reset", 0) == 0;
    RecurrentLayerSpec spec =
        new RecurrentLayerSpec(
            kind,
            hidden,
            functions.get(kind == CellKind.VANILLA ? 0 : 1),
            functions.get(0),
            before ? ResetVariant.BEFORE_PRODUCT : ResetVariant.AFTER_PRODUCT,
            Biases.DOUBLE,
            RecurrentOptions.of(Direction.FORWARD));
    return ReferenceCell.of(source, spec.toSpec(inputs, DataType.FLOAT64));
  }

  private Tensor tensor(double[] data, int... shape) {
    Tensor tensor = scope.create(DataType.FLOAT64, Shape.of(shape));
    backend.upload(data, 0, tensor);
    return tensor;
  }

  private double[] read(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  @Override
  public void close() {
    scope.close();
    backend.close();
  }

  /** The case's own weights. */
  private final class Given implements Parameters {
    private final int direction;

    Given(int direction) {
      this.direction = direction;
    }

    @Override
    public Parameter input(String name, int gates, int rows, int columns) {
      return parameter(name, gates * rows, columns);
    }

    @Override
    public Parameter recurrent(String name, int gates, int size) {
      return parameter(name, gates * size, size);
    }

    @Override
    public Parameter bias(String name, float... values) {
      return parameter(name, values.length);
    }

    private Parameter parameter(String name, int... shape) {
      int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      return new Parameter(name, tensor(c.parameter(name, direction, size), shape));
    }
  }
}
