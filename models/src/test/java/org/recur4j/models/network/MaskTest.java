package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.Evaluation;

/** Steps that are left out, wherever they are: as if they had never been there. */
class MaskTest {
  /** No index of any vocabulary: what stands at a hole is not read. */
  private static final int HOLE = 99;

  private static final List<int[]> WITH_HOLES =
      List.of(
          new int[] {1, HOLE, 2, 3},
          new int[] {HOLE, 4, HOLE, HOLE, 0},
          new int[] {HOLE, HOLE},
          new int[0],
          new int[] {2, 2, HOLE});

  private static final List<int[]> WITHOUT =
      List.of(new int[] {1, 2, 3}, new int[] {4, 0}, new int[0], new int[0], new int[] {2, 2});

  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private static List<boolean[]> masks() {
    return WITH_HOLES.stream().map(MaskTest::mask).toList();
  }

  private static boolean[] mask(int[] sequence) {
    boolean[] mask = new boolean[sequence.length];
    for (int t = 0; t < mask.length; t++) {
      mask[t] = sequence[t] != HOLE;
    }
    return mask;
  }

  private static SequenceBatch masked(MaskedOutput output) {
    return SequenceBatch.ofIndices(WITH_HOLES, masks(), output);
  }

  private static ManyToManyBuilder tagger() {
    return Networks.manyToMany()
        .embedding(5, 3)
        .bidirectional(lstm(4))
        .layerNormalization()
        .recurrent(gru(3));
  }

  @ParameterizedTest
  @EnumSource
  void oneAnswerIsThatOfTheRealSteps(Pooling pooling) {
    try (Network network =
        Networks.manyToOne()
            .embedding(5, 3)
            .bidirectional(gru(4))
            .pooling(pooling)
            .classes(2)
            .build(backend)) {
      assertThat(network.predict(masked(MaskedOutput.ZERO)))
          .isDeepEqualTo(network.predict(SequenceBatch.ofIndices(WITHOUT)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersOfRealStepsAreThoseOfTheRealSteps(MaskedOutput output) {
    try (Network network = tagger().classes(2).seed(2).build(backend)) {
      float[][] got = network.predict(masked(output));
      float[][] want = network.predict(SequenceBatch.ofIndices(WITHOUT));
      for (int b = 0; b < got.length; b++) {
        boolean[] mask = mask(WITH_HOLES.get(b));
        assertThat(got[b]).hasSize(2 * mask.length);
        float[] before = {0, 0};
        int real = 0;
        for (int t = 0; t < mask.length; t++) {
          float[] step = Arrays.copyOfRange(got[b], 2 * t, 2 * t + 2);
          if (mask[t]) {
            assertThat(step).containsExactly(Arrays.copyOfRange(want[b], 2 * real, 2 * real + 2));
            real++;
            before = step;
          } else {
            assertThat(step)
                .as("row " + b + " step " + t)
                .containsExactly(output == MaskedOutput.ZERO ? new float[2] : before);
          }
        }
      }
    }
  }

  @Test
  void nothingIsRepeatedPastTheEndOfARow() {
    try (Network network = tagger().values(1).seed(2).build(backend);
        NetworkRun run = network.open(Mode.INFERENCE, 0);
        Scope scope = backend.scope("test")) {
      Tensor out = run.forward(new EagerOps(backend, scope), masked(MaskedOutput.REPEAT), 0);
      assertThat(out.shape()).isEqualTo(Shape.of(5, 5, 1));
      float[] all = new float[25];
      backend.download(out, all, 0);
      for (int t = 0; t < 5; t++) {
        for (int b = 0; b < 5; b++) {
          if (t >= WITH_HOLES.get(b).length) {
            assertThat(all[t * 5 + b]).as("step " + t + " of row " + b).isZero();
          }
        }
      }
      assertThat(all[2 * 5 + 4]).as("a hole at the end of a row").isEqualTo(all[5 + 4]).isNotZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreWhatFiniteDifferencesSay(MaskedOutput output) {
    assertThat(NumericGradients.check(tagger().values(2), masked(output))).isGreaterThan(200);
  }

  @Test
  void measurementsMayBeMissing() {
    float nan = Float.NaN;
    List<float[][]> gaps =
        List.of(new float[][] {{nan, 1}, {1, 2}, null, {3, 4}}, new float[][] {null, null});
    List<boolean[]> masks = List.of(new boolean[] {false, true, false, true}, new boolean[2]);
    SequenceBatch batch = SequenceBatch.ofFeatures(gaps, masks, MaskedOutput.ZERO);
    assertThat(batch.lengths().get(0)).isEqualTo(4);
    assertThat(batch.features()).isEqualTo(2);
    assertThat(batch.isReal(0, 0)).isFalse();
    assertThat(batch.isReal(0, 3)).isTrue();
    assertThat(batch.isReal(1, 3)).isFalse();
    SequenceBatch whole =
        SequenceBatch.ofFeatures(List.of(new float[][] {{1, 2}, {3, 4}}, new float[0][]));
    try (Network network =
        Networks.manyToOne().features(2).recurrent(lstm(3)).values(1).build(backend)) {
      assertThat(network.predict(batch)).isDeepEqualTo(network.predict(whole));
    }
  }

  @Test
  void aBatchOfNothingButHolesAnswersFromTheInitialState() {
    SequenceBatch nothing =
        SequenceBatch.ofIndices(
            List.of(new int[] {HOLE}, new int[] {HOLE, HOLE}),
            List.of(new boolean[1], new boolean[2]),
            MaskedOutput.REPEAT);
    try (Network one =
            Networks.manyToOne().embedding(5, 3).recurrent(gru(3)).values(2).build(backend);
        Network many = tagger().classes(2).build(backend)) {
      assertThat(one.predict(nothing)).isDeepEqualTo(new float[2][2]);
      float[][] answers = many.predict(nothing);
      assertThat(answers[0]).containsExactly(0, 0);
      assertThat(answers[1]).containsExactly(0, 0, 0, 0);
    }
  }

  @Test
  void answersAtHolesDoNotCount() {
    Example holes =
        Example.tagged(new int[] {1, HOLE, 2, 3}, 1, 0, 0, 1).masked(true, false, true, true);
    Example whole = Example.tagged(new int[] {4, 0}, 0, 1);
    List<Example> removed = List.of(Example.tagged(new int[] {1, 2, 3}, 1, 0, 1), whole);
    try (Network network = tagger().classes(2).seed(1).build(backend)) {
      Evaluation got = Trainer.evaluate(network, List.of(holes, whole));
      Evaluation want = Trainer.evaluate(network, removed);
      assertThat(got.answers()).isEqualTo(5);
      assertThat(got.loss()).isCloseTo(want.loss(), within(1e-6));
      assertThat(got.accuracy()).isEqualTo(want.accuracy());
    }
  }

  @Test
  void numbersAtHolesDoNotCountAndOneAnswerCountsWhateverIsMasked() {
    float nan = Float.NaN;
    float[][] x = {{1}, {nan}, {2}};
    Example gap =
        Example.valued(x, new float[] {1}, new float[] {nan}, new float[] {3})
            .masked(true, false, true);
    Example leading = Example.valued(x, new float[] {5}).masked(false, false, true);
    try (Network many =
            Networks.manyToMany().features(1).recurrent(gru(2)).values(1).build(backend);
        Network one = Networks.manyToOne().features(1).recurrent(gru(2)).values(1).build(backend)) {
      Evaluation evaluation = Trainer.evaluate(many, List.of(gap));
      assertThat(evaluation.answers()).isEqualTo(2);
      assertThat(evaluation.loss()).isFinite();
      assertThat(Trainer.evaluate(one, List.of(leading)).answers()).isEqualTo(1);
      Trainer.of(many).epochs(2).train(List.of(gap));
      assertThat(Trainer.evaluate(many, List.of(gap)).loss()).isLessThan(evaluation.loss());
    }
  }

  @Test
  void refusesMasksThatDoNotFit() {
    List<int[]> sequences = List.of(new int[] {1, 2}, new int[] {3});
    assertThatThrownBy(
            () -> SequenceBatch.ofIndices(sequences, List.of(new boolean[2]), MaskedOutput.ZERO))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll("1 masks for 2 sequences", "one mask for each sequence");
    assertThatThrownBy(
            () ->
                SequenceBatch.ofIndices(
                    sequences, List.of(new boolean[2], new boolean[2]), MaskedOutput.ZERO))
        .hasMessageContaining("a mask of 2 steps for sequence 1 of 1");
    assertThatThrownBy(() -> Example.classified(new int[] {1, 2}, 0).masked(true))
        .hasMessageContaining("a mask of 1 steps for a sequence of 2");
    assertThatThrownBy(
            () ->
                SequenceBatch.ofFeatures(
                    List.<float[][]>of(new float[][] {{1}, null}),
                    List.of(new boolean[] {true, true}),
                    MaskedOutput.ZERO))
        .hasMessageContaining("0 features at step 1 of sequence 0");
    try (Network network =
        Networks.manyToOne().embedding(5, 3).recurrent(gru(3)).classes(2).build(backend)) {
      assertThatThrownBy(() -> network.inputsOf(1, masked(MaskedOutput.ZERO)))
          .hasMessageContainingAll("a batch with a mask", "Leave the masked steps out");
    }
  }
}
