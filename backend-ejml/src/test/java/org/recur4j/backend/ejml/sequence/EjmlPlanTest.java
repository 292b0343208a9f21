package org.recur4j.backend.ejml.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.error.StaleWeightsException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
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
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.ejml.EjmlProvider;
import org.recur4j.backend.ejml.array.HeapStorage;

class EjmlPlanTest {
  private static final int STEPS = 4;
  private static final int INPUT = 3;
  private static final int HIDDEN = 5;
  private static final int[] ROWS = {4, 2, 0, 1, 3};
  private static final int BATCH = ROWS.length;
  private static final RecurrentSpec LSTM =
      RecurrentSpec.lstm(INPUT, HIDDEN).biases(Biases.SINGLE).build();

  private final List<String> leaks = new ArrayList<>();
  private final Backend backend =
      new EjmlProvider()
          .open(
              BackendOptions.defaults()
                  .withThreads(2)
                  .withOnLeak(found -> found.forEach(scope -> leaks.add(scope.name()))));
  private final Scope scope = backend.scope("test");
  private final Random random = new Random(4);
  private final Lengths lengths = Lengths.of(STEPS, ROWS);
  private final DirectionWeights weights =
      new DirectionWeights(
          tensor(4 * HIDDEN, INPUT), tensor(4 * HIDDEN, HIDDEN), tensor(4 * HIDDEN), null);
  private final Tensor x = tensor(STEPS, BATCH, INPUT);
  private final Tensor y = tensor(STEPS, BATCH, HIDDEN);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void readsAndWritesThroughViewsAndLetsTheFinalStateReplaceTheInitialOne() {
    RecurrentPlan plan = plan(LSTM);
    RecurrentState state = new RecurrentState(tensor(1, BATCH, HIDDEN), tensor(1, BATCH, HIDDEN));
    double[][] want = naive(values(x), state).run();
    Pass pass = plan.open(scope, new Extent(9, 8), Mode.INFERENCE);
    plan.forward(pass, new RecurrentInput(x, lengths, state, null), new RecurrentOutput(y, state));
    assertThat(values(y)).containsExactly(want[0], within(2e-6));
    assertThat(values(state.hidden())).containsExactly(want[1], within(2e-6));
    assertThat(values(state.cell())).containsExactly(want[2], within(2e-6));
    assertThat(plan.report().verdict().fused()).isTrue();
    assertThat(plan.report().callsPerForward()).isZero();
    assertThat(pass.workspaceBytes()).isPositive();
  }

  @Test
  void walksBackwardsFromEachRowsOwnEnd() {
    RecurrentPlan plan = plan(LSTM.toBuilder().direction(Direction.REVERSE).build());
    Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.INFERENCE);
    plan.forward(pass, new RecurrentInput(x, lengths, null, null), new RecurrentOutput(y, null));
    double[] want = turned(naive(turned(values(x), INPUT), null).run()[0], HIDDEN);
    assertThat(values(y)).containsExactly(want, within(2e-6));
  }

  @Test
  void showsGatesCellsAndStateGradientsAtTheSequencesTimes() {
    RecurrentPlan plan = plan(LSTM);
    Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.TRACING);
    plan.forward(pass, new RecurrentInput(x, lengths, null, null), new RecurrentOutput(y, null));
    Tensor gates = tensor(STEPS, BATCH, 1, 4 * HIDDEN);
    Tensor cells = tensor(STEPS, BATCH, 1, HIDDEN);
    plan.read(pass, Trace.GATES, gates);
    plan.read(pass, Trace.CELL_STATES, cells);
    double[] outputs = values(y);
    for (int row = 0; row < STEPS * BATCH; row++) {
      for (int j = 0; j < HIDDEN; j++) {
        double gate = values(gates)[(row * 4 + 3) * HIDDEN + j];
        double want = gate * Math.tanh(values(cells)[row * HIDDEN + j]);
        assertThat(outputs[row * HIDDEN + j]).isCloseTo(want, within(1e-6));
      }
    }
    Tensor gradients = tensor(STEPS, BATCH, 1, HIDDEN);
    assertThatThrownBy(() -> plan.read(pass, Trace.STATE_GRADIENTS, gradients))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Run backward first");
    Tensor dy = tensor(STEPS, BATCH, HIDDEN);
    RecurrentState dLast = new RecurrentState(tensor(1, BATCH, HIDDEN), null);
    plan.backward(pass, new RecurrentOutput(dy, dLast), null, null);
    plan.read(pass, Trace.STATE_GRADIENTS, gradients);
    // Row 0 is full: nothing comes back from a later step than its last.
    int last = (STEPS - 1) * BATCH * HIDDEN;
    assertThat(values(gradients)[last])
        .isCloseTo(values(dy)[last] + values(dLast.hidden())[0], within(1e-6));
    // Row 1 has two steps: its first takes in what its second sends back, and past the end there is
    // nothing.
    assertThat(values(gradients)[HIDDEN]).isNotEqualTo(values(dy)[HIDDEN]);
    assertThat(values(gradients)[(2 * BATCH + 1) * HIDDEN]).isZero();
  }

  @Test
  void refusesWeightsThatMovedUntilRefreshed() {
    RecurrentPlan plan = plan(LSTM);
    Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.TRAINING);
    RecurrentInput in = new RecurrentInput(x, lengths, null, null);
    plan.forward(pass, in, new RecurrentOutput(y, null));
    backend.kernels().fill(0.25, weights.biasIh());
    assertThatThrownBy(() -> plan.backward(pass, null, null, null))
        .isInstanceOf(StaleWeightsException.class)
        .hasMessageContaining("Update weights after backward");
    assertThatThrownBy(() -> plan.forward(pass, in, new RecurrentOutput(y, null)))
        .isInstanceOf(StaleWeightsException.class)
        .hasMessageContaining("Call refresh() after each update");
    plan.refresh();
    assertThatThrownBy(() -> plan.backward(pass, null, null, null))
        .isInstanceOf(StaleWeightsException.class);
    plan.forward(pass, in, new RecurrentOutput(y, null));
    assertThat(values(y)).containsExactly(naive(values(x), null).run()[0], within(2e-6));
    plan.backward(pass, null, null, null);
  }

  @Test
  void saysWhatRunsAndWhy() {
    RecurrentSpec soft =
        RecurrentSpec.vanilla(INPUT, HIDDEN).activation(Activation.SOFTSIGN).build();
    assertThat(backend.recurrence().assess(soft).reason())
        .isEqualTo("portable: activation SOFTSIGN has no kernel");
    assertThat(
            backend
                .recurrence()
                .assess(LSTM.toBuilder().dataType(DataType.FLOAT64).build())
                .fused())
        .isFalse();
    assertThat(backend.recurrence().assess(LSTM).reason()).startsWith("fused: LSTM");
    assertThatThrownBy(
            () ->
                backend
                    .recurrence()
                    .plan(soft, new RecurrentWeights(List.of(weights)), Fusion.REQUIRE))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("fusion REQUIRE, but portable: activation SOFTSIGN has no kernel");
    RecurrentPlan portable =
        backend.recurrence().plan(LSTM, new RecurrentWeights(List.of(weights)), Fusion.FORBID);
    assertThat(portable.report().verdict().reason()).contains("fusion is forbidden");
  }

  @Test
  void namesTheOperandThatDoesNotFit() {
    RecurrentPlan plan = plan(LSTM);
    Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.INFERENCE);
    RecurrentOutput out = new RecurrentOutput(y, null);
    Tensor wide = tensor(STEPS, BATCH, INPUT + 1);
    assertThatThrownBy(() -> plan.forward(pass, new RecurrentInput(wide, lengths, null, null), out))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("got x FLOAT32 [4, 5, 4]; expected FLOAT32 [T, B, 3]");
    Tensor longer = tensor(STEPS + 1, BATCH, INPUT);
    assertThatThrownBy(() -> plan.forward(pass, new RecurrentInput(longer, null, null, null), out))
        .hasMessageContaining("got 5 steps of batch 5; expected at most 4 steps");
    assertThatThrownBy(
            () ->
                plan.forward(pass, new RecurrentInput(x, Lengths.full(STEPS, 2), null, null), out))
        .hasMessageContaining("expected 5 rows and 4 steps, as x has");
    Tensor mask = tensor(1, BATCH, HIDDEN);
    assertThatThrownBy(() -> plan.forward(pass, new RecurrentInput(x, lengths, null, mask), out))
        .hasMessageContaining("got a hidden mask; expected none");
    assertThatThrownBy(() -> plan.backward(pass, out, null, null))
        .hasMessageContaining("got a pass in mode INFERENCE");
    RecurrentPlan other = plan(LSTM);
    assertThatThrownBy(() -> other.forward(pass, new RecurrentInput(x, lengths, null, null), out))
        .hasMessageContaining("a pass of another plan");
    Scope child = scope.child("short");
    Pass gone = plan.open(child, new Extent(STEPS, BATCH), Mode.INFERENCE);
    child.close();
    assertThatThrownBy(() -> plan.forward(gone, new RecurrentInput(x, lengths, null, null), out))
        .isInstanceOf(ClosedException.class);
    plan.close();
    assertThatThrownBy(plan::refresh)
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("a closed plan");
  }

  @Test
  void refusesIncompleteStatesAndGradientsAsThePortablePlanDoes() {
    for (Fusion fusion : List.of(Fusion.REQUIRE, Fusion.FORBID)) {
      RecurrentPlan plan =
          backend.recurrence().plan(LSTM, new RecurrentWeights(List.of(weights)), fusion);
      Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.TRAINING);
      RecurrentState half = new RecurrentState(tensor(1, BATCH, HIDDEN), null);
      RecurrentOutput out = new RecurrentOutput(y, null);
      assertThatThrownBy(() -> plan.forward(pass, new RecurrentInput(x, lengths, half, null), out))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("the initial state without its cell part");
      RecurrentInput in = new RecurrentInput(x, lengths, null, null);
      assertThatThrownBy(() -> plan.forward(pass, in, new RecurrentOutput(y, half)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("the last state without its cell part");
      plan.forward(pass, in, out);
      DirectionWeights some =
          new DirectionWeights(null, tensor(4 * HIDDEN, HIDDEN), tensor(4 * HIDDEN), null);
      RecurrentGradients sums = new RecurrentGradients(List.of(some));
      assertThatThrownBy(() -> plan.backward(pass, null, null, sums))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("no gradient of weight_ih; expected one");
    }
  }

  @Test
  void allocatesNothingPerStepAndReportsLeaksByName() {
    RecurrentPlan plan = plan(LSTM);
    Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.TRAINING);
    RecurrentInput in = new RecurrentInput(x, lengths, null, null);
    RecurrentOutput out = new RecurrentOutput(y, null);
    RecurrentGradients sums =
        new RecurrentGradients(
            List.of(
                new DirectionWeights(
                    tensor(4 * HIDDEN, INPUT),
                    tensor(4 * HIDDEN, HIDDEN),
                    tensor(4 * HIDDEN),
                    null)));
    RecurrentOutput dOut = new RecurrentOutput(tensor(STEPS, BATCH, HIDDEN), null);
    RecurrentInput dIn = new RecurrentInput(tensor(STEPS, BATCH, INPUT), null, null, null);
    ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    // Until the JIT compiler has had its turn: an interpreter makes an object of every vector.
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (least > 0 && System.nanoTime() < deadline) {
      long before = beans.getThreadAllocatedBytes(id);
      plan.forward(pass, in, out);
      plan.backward(pass, dOut, dIn, sums);
      least = Math.min(least, beans.getThreadAllocatedBytes(id) - before);
    }
    assertThat(least).isZero();
    backend.close();
    assertThat(leaks).containsExactly("test");
  }

  @Test
  void movesNumbersBetweenArraysAndTensors() {
    Tensor single = tensor(3);
    Tensor twice = scope.create(DataType.FLOAT64, Shape.of(3));
    Tensor whole = scope.create(DataType.INT32, Shape.of(2));
    backend.upload(new double[] {9, 0.1, 2, 3}, 1, single);
    backend.upload(new float[] {0.1f, 2, 3}, 0, twice);
    backend.upload(new int[] {7, 8, 9}, 1, whole);
    double[] fromSingle = new double[4];
    backend.download(single, fromSingle, 1);
    assertThat(fromSingle).containsExactly(0, 0.1f, 2, 3);
    float[] fromTwice = new float[3];
    backend.download(twice, fromTwice, 0);
    assertThat(fromTwice).containsExactly(0.1f, 2, 3);
    int[] fromWhole = new int[2];
    backend.download(whole, fromWhole, 0);
    assertThat(fromWhole).containsExactly(8, 9);
    assertThatThrownBy(() -> backend.upload(new int[3], 0, single))
        .hasMessageContaining("expected an INT32 tensor");
    assertThatThrownBy(() -> backend.download(whole, fromTwice, 0))
        .hasMessageContaining("expected a floating type");
    assertThat(backend.info().engine()).contains("EJML 0.");
    assertThat(backend.decompositions()).isPresent();
  }

  private RecurrentPlan plan(RecurrentSpec spec) {
    return backend.recurrence().plan(spec, new RecurrentWeights(List.of(weights)), Fusion.REQUIRE);
  }

  private NaiveSequence naive(double[] input, RecurrentState state) {
    NaiveSequence naive = new NaiveSequence(FusedCell.LSTM, STEPS, BATCH, INPUT, HIDDEN, 1, ROWS);
    naive.values[0] = input;
    naive.values[1] = state == null ? naive.values[1] : values(state.hidden());
    naive.values[2] = state == null ? naive.values[2] : values(state.cell());
    Arrays.fill(naive.values[3], 1);
    naive.values[4] = values(weights.weightIh());
    naive.values[5] = values(weights.weightHh());
    naive.values[6] = values(weights.biasIh());
    return naive;
  }

  /** Each row's real steps in opposite order. */
  private static double[] turned(double[] sequence, int width) {
    double[] result = new double[sequence.length];
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < ROWS[b]; t++) {
        System.arraycopy(
            sequence,
            (t * BATCH + b) * width,
            result,
            ((ROWS[b] - 1 - t) * BATCH + b) * width,
            width);
      }
    }
    return result;
  }

  /** A view that begins at the third element of its storage. */
  private Tensor tensor(int... extents) {
    Shape shape = Shape.of(extents);
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(shape.size() + 2)).view(2, shape);
    for (int i = 0; i < shape.size(); i++) {
      HeapStorage.floats(tensor)[tensor.offset() + i] = random.nextFloat() - 0.5f;
    }
    return tensor;
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[tensor.size()];
    Arrays.setAll(values, i -> HeapStorage.floats(tensor)[tensor.offset() + i]);
    return values;
  }
}
