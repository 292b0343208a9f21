package org.recur4j.models.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.training.model.TrainableRun;

/** Every gradient of an encoder–decoder in double precision against central differences. */
class TranslationGradientTest {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-8;
  private static final List<SequencePair> PAIRS =
      List.of(
          new SequencePair(new int[] {0, 2, 1}, new int[] {1, 0}),
          new SequencePair(new int[] {1}, new int[] {0, 1, 1, 0}),
          new SequencePair(new int[] {2, 2, 0, 1}, new int[] {}));

  @ParameterizedTest
  @EnumSource(Attention.class)
  void everyAttentionBehindOneBidirectionalLayer(Attention attention) {
    check(
        EncoderDecoder.builder(3, 2)
            .embedding(2)
            .encoder(lstm(2).direction(Direction.BIDIRECTIONAL))
            .decoder(lstm(4))
            .attention(attention),
        250);
  }

  @ParameterizedTest
  @EnumSource(Attention.class)
  void everyAttentionStepByStepWithDropoutBetweenTwoLayers(Attention attention) {
    check(
        EncoderDecoder.builder(3, 2)
            .embedding(2)
            .encoder(gru(2), gru(3))
            .decoder(gru(2), gru(3))
            .attention(attention)
            .dropout(0.3)
            .labelSmoothing(0.1)
            .stepwise(),
        100);
  }

  @Test
  void aDecoderOfAnotherKindAndDepthThanItsEncoder() {
    check(
        EncoderDecoder.builder(3, 2)
            .embedding(2)
            .encoder(vanilla(3).direction(Direction.REVERSE))
            .decoder(lstm(2), gru(3))
            .attention(Attention.ADDITIVE),
        150);
  }

  @Test
  void anEncoderThatAddsItsDirectionsAndLearnsWhereToBegin() {
    check(
        EncoderDecoder.builder(3, 2)
            .embedding(2)
            .encoder(
                gru(3)
                    .direction(Direction.BIDIRECTIONAL)
                    .merge(Merge.SUM)
                    .recurrentDropout(0.3)
                    .learnedInitialState())
            .decoder(gru(3).recurrentDropout(0.3))
            .attention(Attention.DOT),
        150);
  }

  private static void check(EncoderDecoderBuilder builder, int atLeast) {
    int checked = 0;
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        EncoderDecoder model = builder.dataType(DataType.FLOAT64).seed(3).build(backend);
        TrainableRun<SequencePair> run = model.open(Mode.TRAINING, 7);
        Scope scope = backend.scope("gradients")) {
      scramble(model);
      Gradients gradients = new Gradients(backend, scope, model.parameters());
      Tape tape = new Tape(backend, scope, gradients);
      tape.backward(run.forward(tape, PAIRS, 0).mean());
      for (Parameter parameter : model.parameters()) {
        double[] got = download(backend, gradients.of(parameter));
        double[] values = download(backend, parameter.value());
        for (int i = 0; i < values.length; i++) {
          double above = moved(model, run, parameter, values, i, STEP);
          double below = moved(model, run, parameter, values, i, -STEP);
          assertThat(got[i])
              .as(parameter.name() + "[" + i + "]")
              .isCloseTo((above - below) / (2 * STEP), within(TOLERANCE));
          checked++;
        }
        backend.upload(values, 0, parameter.value());
        model.refresh();
      }
    }
    assertThat(checked).isGreaterThan(atLeast);
  }

  /** Fresh biases are 0: numbers at which a mixed-up gradient may not show. */
  private static void scramble(EncoderDecoder model) {
    int stream = 0;
    for (Parameter parameter : model.parameters()) {
      double[] values = download(model.backend(), parameter.value());
      float[] noise = new float[values.length];
      new Philox(5)
          .fillUniform(noise, 0, noise.length, RandomStream.CUSTOM.at(stream++), 0, -0.3f, 0.3f);
      for (int i = 0; i < values.length; i++) {
        values[i] += noise[i];
      }
      model.backend().upload(values, 0, parameter.value());
    }
    model.refresh();
  }

  private static double moved(
      EncoderDecoder model,
      TrainableRun<SequencePair> run,
      Parameter parameter,
      double[] values,
      int index,
      double by) {
    double[] changed = values.clone();
    changed[index] += by;
    model.backend().upload(changed, 0, parameter.value());
    model.refresh();
    try (Scope scope = model.backend().scope("moved")) {
      return download(
          model.backend(), run.forward(new EagerOps(model.backend(), scope), PAIRS, 0).mean())[0];
    }
  }

  private static double[] download(Backend backend, Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
