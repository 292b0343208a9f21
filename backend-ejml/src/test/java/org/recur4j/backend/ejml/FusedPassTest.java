package org.recur4j.backend.ejml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

class FusedPassTest {
  private static final int STEPS = 4;
  private static final int INPUT = 3;
  private static final int HIDDEN = 5;
  private static final int[] LENGTHS = {4, 2, 0, 1, 3};
  private static final int BATCH = LENGTHS.length;

  private final HeapMemory memory = new HeapMemory();
  private final Scope scope = memory.open("test");
  private final Workers workers = new Workers(2);
  private final Random random = new Random(4);
  private final Tensor weightIh = tensor(4 * HIDDEN, INPUT);
  private final Tensor weightHh = tensor(4 * HIDDEN, HIDDEN);
  private final Tensor bias = tensor(4 * HIDDEN);
  private final FusedWeights weights =
      new FusedWeights(
          FusedCell.LSTM,
          INPUT,
          HIDDEN,
          List.of(new DirectionTensors(weightIh, weightHh, bias, null)));

  @AfterEach
  void close() {
    memory.close();
    workers.close();
  }

  @Test
  void readsAndWritesThroughViewsAndLetsTheFinalStateReplaceTheInitialOne() {
    FusedPass pass = pass(true);
    Tensor x = tensor(STEPS, BATCH, INPUT);
    Tensor hidden = tensor(1, BATCH, HIDDEN);
    Tensor cell = tensor(1, BATCH, HIDDEN);
    NaiveSequence naive = naive(x, hidden, cell);
    Tensor y = tensor(STEPS, BATCH, HIDDEN);
    pass.forward(x, Lengths.of(STEPS, LENGTHS), hidden, cell, null, y, hidden, cell);
    double[][] want = naive.run();
    assertThat(values(y)).containsExactly(want[0], within(2e-6));
    assertThat(values(hidden)).containsExactly(want[1], within(2e-6));
    assertThat(values(cell)).containsExactly(want[2], within(2e-6));
  }

  @Test
  void showsGatesCellsAndStateGradientsAtTheSequencesTimes() {
    FusedPass pass = pass(true);
    Tensor x = tensor(STEPS, BATCH, INPUT);
    Tensor y = tensor(STEPS, BATCH, HIDDEN);
    pass.forward(x, Lengths.of(STEPS, LENGTHS), null, null, null, y, null, null);
    float[] gates = new float[STEPS * BATCH * 4 * HIDDEN];
    float[] cells = new float[STEPS * BATCH * HIDDEN];
    pass.read(FusedPass.Quantity.GATES, gates, 0);
    pass.read(FusedPass.Quantity.CELL, cells, 0);
    for (int row = 0; row < STEPS * BATCH; row++) {
      for (int j = 0; j < HIDDEN; j++) {
        double want = gates[(row * 4 + 3) * HIDDEN + j] * Math.tanh(cells[row * HIDDEN + j]);
        assertThat(values(y)[row * HIDDEN + j]).isCloseTo(want, within(1e-6));
      }
    }
    Tensor dy = tensor(STEPS, BATCH, HIDDEN);
    Tensor dLast = tensor(1, BATCH, HIDDEN);
    DirectionTensors sums =
        new DirectionTensors(
            tensor(4 * HIDDEN, INPUT), tensor(4 * HIDDEN, HIDDEN), tensor(4 * HIDDEN), null);
    pass.backward(dy, dLast, null, null, null, null, List.of(sums));
    float[] gradients = new float[STEPS * BATCH * HIDDEN];
    pass.read(FusedPass.Quantity.STATE_GRADIENT, gradients, 0);
    // Row 0 is full: nothing comes back from a later step than its last.
    int last = ((STEPS - 1) * BATCH) * HIDDEN;
    assertThat(gradients[last])
        .isCloseTo((float) (values(dy)[last] + values(dLast)[0]), within(1e-6f));
    // Row 1 has two steps: its first takes in what its second sends back, and past the end there is
    // nothing.
    assertThat(gradients[HIDDEN]).isNotEqualTo((float) values(dy)[HIDDEN]);
    assertThat(gradients[(2 * BATCH + 1) * HIDDEN]).isZero();
  }

  @Test
  void noticesThatWeightsMovedAndPacksThemAnew() {
    Tensor x = tensor(STEPS, BATCH, INPUT);
    Tensor y = tensor(STEPS, BATCH, HIDDEN);
    FusedPass pass = pass(false);
    Lengths lengths = Lengths.of(STEPS, LENGTHS);
    pass.forward(x, lengths, null, null, null, y, null, null);
    double[] before = values(y);
    assertThat(weights.isCurrent()).isTrue();
    new EjmlKernels(workers).affine(0.5, 0, bias, bias);
    bias.markWritten();
    assertThat(weights.isCurrent()).isFalse();
    pass.forward(x, lengths, null, null, null, y, null, null);
    assertThat(values(y)).as("packed weights stay until refresh").containsExactly(before);
    weights.refresh();
    assertThat(weights.isCurrent()).isTrue();
    pass.forward(x, lengths, null, null, null, y, null, null);
    assertThat(values(y)).containsExactly(naive(x, null, null).run()[0], within(2e-6));
  }

  private FusedPass pass(boolean training) {
    if (training) {
      weights.prepareBackward();
    }
    FusedSequence sequence =
        new FusedSequence(FusedCell.LSTM, INPUT, HIDDEN, 1, STEPS, BATCH, false, training, workers);
    return new FusedPass(sequence, weights, FusedCell.LSTM);
  }

  private NaiveSequence naive(Tensor x, Tensor hidden, Tensor cell) {
    NaiveSequence naive =
        new NaiveSequence(FusedCell.LSTM, STEPS, BATCH, INPUT, HIDDEN, 1, LENGTHS);
    naive.values[0] = values(x);
    naive.values[1] = hidden == null ? naive.values[1] : values(hidden);
    naive.values[2] = cell == null ? naive.values[2] : values(cell);
    Arrays.fill(naive.values[3], 1);
    naive.values[4] = values(weightIh);
    naive.values[5] = values(weightHh);
    naive.values[6] = values(bias);
    return naive;
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
