package org.recur4j.models.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;

/** What a person reads while a network learns. */
class ConsoleListenerTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

  private static TrainingResult train(double validation, TrainingListener listener) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      examples.add(Example.classified(new int[] {i % 3, 1}, i % 2));
    }
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToOne()
                .embedding(3, 2)
                .recurrent(Networks.gru(2))
                .classes(2)
                .build(backend)) {
      return Trainer.of(network)
          .epochs(10)
          .batchSize(1)
          .validationFraction(validation)
          .listener(listener)
          .train(examples);
    }
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aFileGetsALineForEachEpochAndNothingElse() {
    TrainingResult result = train(0.25, ConsoleListener.to(out));
    assertThat(lines()).hasSize(10);
    for (int i = 0; i < 10; i++) {
      EpochReport report = result.epochs().get(i);
      assertThat(lines().get(i))
          .isEqualTo(
              String.format(
                  Locale.ROOT,
                  "epoch %2d/10  loss %.4f  validation loss %.4f  accuracy %.2f %%  %.1f s%s",
                  i + 1,
                  report.loss(),
                  report.validation().loss(),
                  100 * report.validation().accuracy(),
                  report.seconds(),
                  report.best() ? "  best" : ""));
    }
  }

  @Test
  void metricsOfTheTrainerFollowTheAccuracy() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("macro F1", 0.75);
    metrics.put("top two", Double.NaN);
    ConsoleListener.to(out)
        .onEpoch(new EpochReport(1, 1, 0.5, new Evaluation(0.25, 0.5, 8, metrics), false, 2));
    assertThat(lines())
        .containsExactly(
            "epoch 1/1  loss 0.5000  validation loss 0.2500  accuracy 50.00 %"
                + "  macro F1 0.7500  top two NaN  2.0 s");
  }

  @Test
  void withoutValidationThereIsTheTrainingLossAlone() {
    train(0, ConsoleListener.to(out));
    assertThat(lines())
        .hasSize(10)
        .allMatch(line -> line.matches("epoch [ 0-9]+/10  loss [0-9.]+  [0-9.]+ s"));
  }

  @Test
  void aTerminalSeesTheRunningEpochInOneLineThatIsRewritten() {
    train(0, ConsoleListener.to(out, true));
    String text = bytes.toString(StandardCharsets.UTF_8);
    String[] kept = text.split(System.lineSeparator());
    assertThat(kept).hasSize(10);
    String[] written = kept[0].split("\r");
    assertThat(written).hasSize(1 + 12 + 1);
    assertThat(written[1]).startsWith("epoch 1    8 %  loss ");
    assertThat(written[12]).startsWith("epoch 1  100 %  loss ");
    assertThat(written[13].stripTrailing()).startsWith("epoch  1/10  loss ").endsWith(" s");
  }

  @Test
  void aLongEpochIsRewrittenOnceForEachPercentAndCovered() {
    ConsoleListener listener = ConsoleListener.to(out, true);
    for (int batch = 1; batch <= 1000; batch++) {
      listener.onBatch(new BatchReport(1, batch, 1000, batch == 1000 ? 0.5 : 12345.5, 1, true, ""));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).chars().filter(c -> c == '\r').count())
        .isEqualTo(101);
    bytes.reset();
    listener.onEpoch(new EpochReport(1, 1, 0.5, null, false, 2));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\repoch 1/1  loss 0.5000  2.0 s" + System.lineSeparator());
    bytes.reset();
    listener.onBatch(new BatchReport(2, 10, 10, 12345678.5, 1, true, ""));
    listener.onEpoch(new EpochReport(2, 2, 0.5, null, false, 2));
    String longer = "\repoch 2  100 %  loss 12345678.5000";
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith(longer)
        .contains("\repoch 2/2  loss 0.5000  2.0 s ")
        .hasSize(2 * longer.length() + System.lineSeparator().length());
  }

  @Test
  void numbersHaveADecimalPointInEveryLocale() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    try {
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
      ConsoleListener.to(out)
          .onEpoch(new EpochReport(1, 2, 0.25, new Evaluation(0.5, 0.75, 4), true, 1.25));
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
    assertThat(lines())
        .containsExactly(
            "epoch 1/2  loss 0.2500  validation loss 0.5000  accuracy 75.00 %  1.3 s  best");
  }

  @Test
  void aTrainingThatGoesOnSaysFromWhere() {
    ConsoleListener listener = ConsoleListener.to(out);
    listener.onResume(3, 12, List.of());
    assertThat(lines()).containsExactly("continues in epoch 3 after 12 batches");
    assertThat(listener.stopRequested()).isFalse();
  }

  @Test
  void aStreamThatFailsCostsNoTraining() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("no space left");
          }
        };
    ConsoleListener listener =
        ConsoleListener.to(new PrintStream(broken, true, StandardCharsets.UTF_8), true);
    assertThat(train(0, listener).end()).isEqualTo(TrainingResult.End.COMPLETED);
  }

  @Test
  void refusesNoStream() {
    assertThatThrownBy(() -> ConsoleListener.to(null)).hasMessageContaining("null as the stream");
  }
}
