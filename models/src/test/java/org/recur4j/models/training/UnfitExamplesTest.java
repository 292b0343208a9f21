package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.seq2seq.EncoderDecoder;
import org.recur4j.models.seq2seq.SequencePair;
import org.recur4j.models.training.loss.Loss;

/** What a model cannot learn from is refused by its place in the list, before any weight moves. */
class UnfitExamplesTest {
  private static final int COUNT = 60;
  private static final int PLACE = 37;
  private static final float[][] STEPS = {{1, 2}, {3, 4}};

  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  /** A network and an example that it learns from. */
  private record Kind(Function<Backend, Network> network, Example right) {
    static final Kind CLASSES_OF_VECTORS =
        new Kind(
            b -> Networks.manyToOne().features(2).recurrent(gru(3)).classes(2).seed(1).build(b),
            Example.classified(STEPS, 1));

    static final Kind CLASSES_OF_INDICES =
        new Kind(
            b -> Networks.manyToOne().embedding(5, 2).recurrent(gru(3)).classes(2).seed(1).build(b),
            Example.classified(new int[] {1, 4}, 1));

    static final Kind TAGS =
        new Kind(
            b ->
                Networks.manyToMany().embedding(5, 2).recurrent(gru(3)).classes(3).seed(1).build(b),
            Example.tagged(new int[] {1, 4}, 2, -1));

    static final Kind VALUES =
        new Kind(
            b -> Networks.manyToOne().features(2).recurrent(gru(3)).values(2).seed(1).build(b),
            Example.valued(STEPS, new float[] {1, 2}));

    static final Kind VALUES_BY_STEP =
        new Kind(
            b -> Networks.manyToMany().features(2).recurrent(gru(3)).values(1).seed(1).build(b),
            Example.valued(STEPS, new float[] {1}, null));

    static final Kind LABELS =
        new Kind(
            b -> Networks.manyToOne().features(2).recurrent(gru(3)).labels(2).seed(1).build(b),
            Example.labeled(STEPS, new float[] {1, 0}));

    static final Kind ONE_STEP =
        new Kind(
            b ->
                Networks.oneToOne()
                    .features(2)
                    .dense(3, Activation.TANH)
                    .classes(2)
                    .seed(1)
                    .build(b),
            Example.classified(new float[][] {{1, 2}}, 1));
  }

  private static Stream<Arguments> unfit() {
    float[] none = null;
    return Stream.of(
        Arguments.of(Kind.CLASSES_OF_VECTORS, Example.classified(STEPS, 2), "label 2 in "),
        Arguments.of(Kind.CLASSES_OF_VECTORS, Example.classified(STEPS, -1), "label -1 in "),
        Arguments.of(
            Kind.CLASSES_OF_VECTORS,
            Example.classified(new float[][] {{1, 2}, {1, Float.NaN}}, 0),
            "the feature NaN at step 1 of "),
        Arguments.of(
            Kind.CLASSES_OF_VECTORS,
            Example.classified(new float[][] {{Float.NEGATIVE_INFINITY, 2}}, 0),
            "the feature -Infinity at step 0 of "),
        Arguments.of(
            Kind.CLASSES_OF_VECTORS,
            Example.classified(new float[][] {{1, 2, 3}}, 0),
            "3 features at step 0 of "),
        Arguments.of(
            Kind.CLASSES_OF_VECTORS,
            Example.classified(new float[][] {{1, 2}, null}, 0),
            "no vector at step 1 of "),
        Arguments.of(Kind.CLASSES_OF_VECTORS, Example.classified(new int[] {1}, 0), "indices in "),
        Arguments.of(
            Kind.CLASSES_OF_VECTORS, Example.valued(STEPS, new float[] {1}), "numbers in "),
        Arguments.of(Kind.CLASSES_OF_VECTORS, Example.tagged(STEPS, 1, 0), "2 targets in "),
        Arguments.of(
            Kind.CLASSES_OF_INDICES,
            Example.classified(new int[] {1, 5}, 0),
            "index 5 at step 1 of "),
        Arguments.of(
            Kind.CLASSES_OF_INDICES,
            Example.classified(new int[] {-2}, 0),
            "index -2 at step 0 of "),
        Arguments.of(Kind.CLASSES_OF_INDICES, Example.classified(STEPS, 0), "vectors in "),
        Arguments.of(Kind.TAGS, Example.tagged(new int[] {1, 2}, 0, 3), "label 3 at step 1 of "),
        Arguments.of(Kind.TAGS, Example.tagged(new int[] {1, 2}, -2, 0), "label -2 at step 0 of "),
        Arguments.of(Kind.TAGS, Example.tagged(new int[] {1, 2}, 0), "1 targets in "),
        Arguments.of(Kind.VALUES, Example.valued(STEPS, new float[] {1, Float.NaN}), "NaN in "),
        Arguments.of(Kind.VALUES, Example.valued(STEPS, new float[] {1}), "1 numbers in "),
        Arguments.of(Kind.VALUES, Example.valued(STEPS, none), "no numbers in "),
        Arguments.of(Kind.VALUES, Example.classified(STEPS, 1), "a class in "),
        Arguments.of(
            Kind.VALUES_BY_STEP,
            Example.valued(STEPS, null, new float[] {Float.POSITIVE_INFINITY}),
            "the number Infinity at step 1 of "),
        Arguments.of(Kind.LABELS, Example.labeled(STEPS, new float[] {0, 1.5f}), "label 1.5 in "),
        Arguments.of(Kind.ONE_STEP, Example.classified(STEPS, 1), "2 steps in "),
        Arguments.of(Kind.ONE_STEP, Example.classified(new float[0][], 1), "0 steps in "),
        Arguments.of(Kind.CLASSES_OF_VECTORS, null, "null for "));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void isRefusedByItsPlaceBeforeAnyWeightMoves(Kind kind, Example unfit, String got) {
    List<Example> right = Collections.nCopies(COUNT, kind.right);
    List<Example> examples = new ArrayList<>(right);
    examples.set(PLACE, unfit);
    try (Network network = kind.network.apply(backend)) {
      float[] before = BrokenRuns.weights(network);
      refuses(() -> Trainer.of(network).batchSize(4).train(examples), got + "example 37");
      refuses(
          () -> Trainer.of(network).validationFraction(0.4).batchSize(4).seed(3).train(examples),
          got + "example 37");
      refuses(
          () -> Trainer.of(network).validation(examples).batchSize(4).train(right),
          got + "validation example 37");
      refuses(() -> Trainer.evaluate(network, examples), got + "example 37");
      try (TrainingLoop<Example> loop = Trainer.of(network).batchSize(4).begin()) {
        refuses(() -> loop.step(examples), got + "example 37");
      }
      assertThat(BrokenRuns.weights(network)).isEqualTo(before);
      Trainer.of(network).batchSize(4).epochs(1).validation(right).train(right);
      assertThat(BrokenRuns.weights(network))
          .as("the others are learned from")
          .isNotEqualTo(before);
    }
  }

  private static void refuses(ThrowingCallable call, String got) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(got)
        .hasMessageContaining("; expected ");
  }

  @Test
  void truncatedBackpropagationRefusesTheWholeListFirst() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      examples.add(Example.tagged(new int[] {1, 2, 3, 4, 0}, 0, 1, 2, 0, i == PLACE ? 3 : 1));
    }
    try (Network network = Kind.TAGS.network.apply(backend)) {
      float[] before = BrokenRuns.weights(network);
      refuses(
          () -> Trainer.of(network).batchSize(4).truncatedBackpropagation(2).train(examples),
          "label 3 at step 4 of example 37");
      assertThat(BrokenRuns.weights(network)).isEqualTo(before);
    }
  }

  @Test
  void encoderDecodersRefuseTokensBeforeAnyWeightMoves() {
    List<SequencePair> pairs =
        new ArrayList<>(
            Collections.nCopies(COUNT, new SequencePair(new int[] {0, 3}, new int[] {2})));
    try (EncoderDecoder model =
        EncoderDecoder.builder(4, 3)
            .embedding(3)
            .encoder(gru(2))
            .decoder(gru(2))
            .seed(5)
            .build(backend)) {
      for (SequencePair unfit :
          List.of(
              new SequencePair(new int[] {0, 4}, new int[] {2}),
              new SequencePair(new int[] {0, -1}, new int[] {2}),
              new SequencePair(new int[] {0}, new int[] {1, 3}))) {
        pairs.set(PLACE, unfit);
        String side = unfit.target().length == 1 ? "source" : "target";
        refuses(
            () -> Trainer.of(model).batchSize(4).train(pairs),
            "at position 1 of the " + side + " of example 37");
        refuses(
            () -> Trainer.of(model).evaluate(pairs),
            "at position 1 of the " + side + " of example 37");
      }
    }
  }

  @Test
  void classWeightsOfAnotherNumberOfClassesAreRefusedWithTheLoss() {
    try (Network network = Kind.CLASSES_OF_VECTORS.network.apply(backend)) {
      Loss loss = new Loss.SoftmaxCrossEntropy(List.of(1.0, 2.0, 3.0), 0);
      refuses(
          () -> Trainer.of(network, loss), "got 3 class weights; expected one for each of the 2");
    }
  }

  @Test
  void whatAMaskLeavesOutMayBeAnything() {
    Example masked =
        Example.classified(new float[][] {{1, 2}, {Float.NaN}, null}, 1).masked(true, false, false);
    Example tags = Example.tagged(new int[] {99, 1}, -1, 2).masked(false, true);
    try (Network network = Kind.CLASSES_OF_VECTORS.network.apply(backend);
        Network tagger = Kind.TAGS.network.apply(backend)) {
      assertThat(Trainer.of(network).epochs(1).train(Arrays.asList(masked)).epochs()).hasSize(1);
      assertThat(Trainer.of(tagger).epochs(1).train(List.of(tags)).epochs()).hasSize(1);
    }
  }
}
