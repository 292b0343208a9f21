package org.recur4j.models.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.ManyToManyBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkBuilder;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.Remembering;

/** A network that reads step by step gives what it gives to whole sequences. */
class SessionTest {
  private static final double TOLERANCE = 5e-6;
  private static final int[] INDICES = {1, 2, 3, -1, 0, 5, 5, 2};
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  static List<NetworkBuilder<?>> networks() {
    List<NetworkBuilder<?>> all = new ArrayList<>();
    for (CellKind cell : CellKind.values()) {
      RecurrentLayerSpec spec = RecurrentLayerSpec.of(cell, 5);
      all.add(Networks.manyToMany().embedding(6, 3).recurrent(spec).recurrent(spec).classes(3));
      all.add(Networks.manyToMany().embedding(6, 3).recurrent(spec).classes(3).stepwise());
      all.add(Networks.oneToMany().embedding(6, 3).recurrent(spec).dropout(0.5).classes(3));
    }
    all.add(
        Networks.manyToMany()
            .embedding(6, 3)
            .dense(4, Activation.RELU)
            .cell("remembering", Remembering.cell())
            .values(3));
    all.add(
        Networks.manyToMany()
            .embedding(6, 3)
            .recurrent(Networks.gru(4).recurrentDropout(0.3).learnedInitialState())
            .layerNormalization()
            .recurrent(Networks.lstm(4).learnedInitialState())
            .classes(3));
    all.forEach(builder -> builder.initialWeights(InitialWeights.PYTORCH).seed(4));
    return all;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyStepGivesWhatTheWholeSequenceGives(NetworkBuilder<?> builder) {
    try (Network network = builder.build(backend);
        Session session = network.session()) {
      float[] whole = network.predict(SequenceBatch.ofIndices(List.of(INDICES)))[0];
      float[] y = new float[3];
      for (int round = 0; round < 2; round++) {
        for (int t = 0; t < INDICES.length; t++) {
          session.step(INDICES[t], y);
          assertClose(y, Arrays.copyOfRange(whole, 3 * t, 3 * t + 3));
        }
        session.reset();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void aManyToOneNetworkAnswersTheSequenceSoFar(CellKind cell) {
    try (Network network =
            Networks.manyToOne()
                .features(2)
                .recurrent(RecurrentLayerSpec.of(cell, 5))
                .values(3)
                .initialWeights(InitialWeights.PYTORCH)
                .build(backend);
        Session session = network.session()) {
      float[][] sequence = {{1, -1}, {0.5f, 2}, {-3, 0}};
      float[] y = new float[3];
      for (int t = 0; t < sequence.length; t++) {
        session.step(sequence[t], y);
        float[][] soFar = Arrays.copyOf(sequence, t + 1);
        List<float[][]> batch = new ArrayList<>();
        batch.add(soFar);
        assertClose(y, network.predict(SequenceBatch.ofFeatures(batch))[0]);
      }
    }
  }

  @Test
  void rowsOfABatchStepTogetherAndAreForgottenOneByOne() {
    try (Network network = lstm();
        Session alone = network.session();
        Session both = network.session(2)) {
      float[] y = new float[3];
      float[] two = new float[6];
      both.step(new int[] {1, 4}, two);
      both.reset(0);
      both.step(new int[] {2, 5}, two);
      alone.step(2, y);
      assertClose(Arrays.copyOf(two, 3), y);
      alone.reset();
      alone.step(4, y);
      alone.step(5, y);
      assertClose(Arrays.copyOfRange(two, 3, 6), y);
    }
  }

  @Test
  void aSnapshotGoesOnWhereItWasTaken() {
    try (Network network = lstm();
        Session session = network.session();
        Session other = network.session()) {
      float[] expected = new float[3];
      float[] y = new float[3];
      session.step(1, y);
      session.step(2, y);
      SessionState state = session.snapshot();
      session.step(3, expected);
      session.step(4, y);
      assertThat(session.snapshot()).isNotEqualTo(state);
      session.restore(state);
      assertThat(session.snapshot()).isEqualTo(state).hasSameHashCodeAs(state);
      session.step(3, y);
      assertThat(y).isEqualTo(expected);
      other.restore(state);
      other.step(3, y);
      assertThat(y).isEqualTo(expected);
    }
  }

  @Test
  void aRowMovesFromSessionToSession() {
    try (Network network = lstm();
        Session many = network.session(3);
        Session one = network.session()) {
      float[] nine = new float[9];
      float[] y = new float[3];
      many.step(new int[] {1, 2, 3}, nine);
      SessionState second = many.snapshot(1);
      one.restore(second);
      assertThat(one.snapshot()).isEqualTo(second);
      one.step(5, y);
      many.restore(2, second);
      many.step(new int[] {0, 5, 5}, nine);
      assertClose(Arrays.copyOfRange(nine, 3, 6), y);
      assertClose(Arrays.copyOfRange(nine, 6, 9), y);
    }
  }

  @Test
  void aStepAsAFunctionLeavesTheSessionAlone() {
    try (Network network = lstm();
        Session session = network.session()) {
      SessionState begin = session.snapshot();
      float[] y = new float[3];
      session.step(1, y);
      SessionState own = session.snapshot();
      StepResult first = session.step(1, begin);
      assertThat(first).isEqualTo(new StepResult(y, own)).hasSameHashCodeAs(new StepResult(y, own));
      assertThat(session.snapshot()).isEqualTo(own);
      StepResult second = session.step(2, first.state());
      assertThat(second.y()).isNotEqualTo(first.y());
      session.step(2, y);
      assertThat(y).isEqualTo(second.y());
      assertThat(session.snapshot()).isEqualTo(second.state());
    }
  }

  @Test
  void aStepOfFeaturesIsAFunctionToo() {
    try (Network network =
            Networks.manyToMany().features(2).recurrent(Networks.gru(4)).values(3).build(backend);
        Session session = network.session()) {
      SessionState begin = session.snapshot();
      float[] y = new float[3];
      session.step(new float[] {1, 2}, y);
      assertThat(session.step(new float[] {1, 2}, begin))
          .isEqualTo(new StepResult(y, session.snapshot()));
    }
  }

  @Test
  void aSessionForgetsAtOnceWhatIsNoNumber() {
    try (Network network =
            Networks.manyToMany().features(2).recurrent(Networks.gru(4)).values(3).build(backend);
        Session session = network.session()) {
      float[] y = new float[3];
      session.step(new float[] {1, 2}, y);
      SessionState before = session.snapshot();
      assertThatThrownBy(() -> session.step(new float[] {1, Float.NaN}, y))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("NaN as feature 1")
          .hasMessageContaining("finite numbers");
      assertThat(session.snapshot()).isEqualTo(before);
      assertThatThrownBy(() -> session.step(3, y)).hasMessageContaining("step(features, y)");
      assertThatThrownBy(() -> session.step(new float[3], y))
          .hasMessageContaining("arrays of 3 inputs and 3 outputs")
          .hasMessageContaining("2 inputs and 3 outputs, for 1 row(s)");
    }
  }

  @Test
  void wrongIndicesSizesAndRowsAreRefused() {
    try (Network network = lstm();
        Session session = network.session(2)) {
      float[] y = new float[6];
      assertThatThrownBy(() -> session.step(new float[2], y))
          .hasMessageContaining("step(index, y)");
      assertThatThrownBy(() -> session.step(1, y)).hasMessageContaining("2 row(s)");
      assertThatThrownBy(() -> session.step(new int[] {1, 6}, y))
          .hasMessageContaining("index 6")
          .hasMessageContaining("[-1, 6)");
      assertThatThrownBy(() -> session.step(new int[] {1, 1}, new float[3]))
          .hasMessageContaining("and 3 outputs");
      assertThatThrownBy(() -> session.reset(2)).hasMessageContaining("[0, 2)");
      assertThatThrownBy(() -> session.snapshot(-1)).hasMessageContaining("row -1");
      assertThatThrownBy(() -> session.restore(session.snapshot(0)))
          .hasMessageContaining("2 row(s)");
      assertThatThrownBy(() -> network.session(0)).hasMessageContaining("0 rows");
    }
  }

  @Test
  void aStateOfOtherWeightsIsRefused() {
    try (Network network = lstm();
        Network other = builder().seed(5).build(backend);
        Session session = network.session();
        Session stranger = other.session()) {
      SessionState state = stranger.snapshot();
      assertThatThrownBy(() -> session.restore(state))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("of model " + other.fingerprint().substring(0, 8))
          .hasMessageContaining("one of model " + network.fingerprint().substring(0, 8))
          .hasMessageContaining("Load the model file that the state belongs to");
    }
  }

  @Test
  void theFingerprintFollowsTheWeights() {
    try (Network network = lstm();
        Network twin = builder().build(backend)) {
      String before = network.fingerprint();
      assertThat(twin.fingerprint()).isEqualTo(before).hasSize(64);
      Tensor bias = network.parameters().get(network.parameters().size() - 1).value();
      float[] values = new float[3];
      backend.download(bias, values, 0);
      backend.upload(values, 0, bias);
      assertThat(network.fingerprint()).isEqualTo(before);
      values[2] += 1;
      backend.upload(values, 0, bias);
      assertThat(network.fingerprint()).isNotEqualTo(before);
    }
  }

  @Test
  void networksThatLookAheadOrRememberNothingAreRefused() {
    refused(
        Networks.manyToMany().embedding(6, 3).bidirectional(Networks.lstm(2)).classes(2),
        "reads backwards",
        "train a forward network");
    refused(
        Networks.manyToMany()
            .embedding(6, 3)
            .recurrent(Networks.lstm(2).direction(Direction.REVERSE))
            .classes(2),
        "reads backwards",
        "predict on the whole sequence");
    refused(
        Networks.manyToMany().embedding(6, 3).cell("own", true, Remembering.cell()).classes(2),
        "reads backwards",
        "predict on the whole sequence");
    refused(
        Networks.manyToOne()
            .embedding(6, 3)
            .recurrent(Networks.lstm(2))
            .pooling(Pooling.MEAN)
            .classes(2),
        "pooling over all steps",
        "remove the pooling");
    refused(Networks.oneToOne().features(2).classes(2), "one-to-one", "there is no state");
  }

  private static void refused(NetworkBuilder<?> builder, String got, String advice) {
    try (Network network = builder.build(backend)) {
      assertThatThrownBy(network::session)
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining(got)
          .hasMessageContaining(advice);
      assertThat(backend.memory().openScopes()).noneMatch(scope -> scope.name().equals("session"));
    }
  }

  @Test
  void aCellThatDownloadsIsRefused() {
    Cell.Factory factory =
        Remembering.with(
            (ops, x) -> {
              ops.backend().download(x, new float[x.size()], 0);
              return x;
            });
    try (Network network =
        Networks.manyToMany().features(4).cell("looks", factory).values(2).build(backend)) {
      assertThatThrownBy(network::session)
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("downloads values")
          .hasMessageContaining("Implement the cell with ops");
      assertThat(backend.memory().openScopes()).noneMatch(scope -> scope.name().equals("session"));
    }
  }

  @Test
  void aStepTouchesNoTensorMemory() {
    try (Network network = lstm();
        Session session = network.session()) {
      float[] y = new float[3];
      long before = backend.memory().use().live();
      long peak = backend.memory().use().peak();
      session.step(1, y);
      assertThat(backend.memory().use().live()).isEqualTo(before);
      assertThat(backend.memory().use().peak()).isEqualTo(peak);
      session.reset();
      assertThat(backend.memory().use().live()).isEqualTo(before);
    }
  }

  private static ManyToManyBuilder builder() {
    return Networks.manyToMany()
        .embedding(6, 3)
        .recurrent(Networks.lstm(5))
        .classes(3)
        .initialWeights(InitialWeights.PYTORCH)
        .seed(4);
  }

  private static Network lstm() {
    return builder().build(backend);
  }

  private static void assertClose(float[] got, float[] want) {
    assertThat(got).containsExactly(want, within((float) TOLERANCE));
  }
}
