package org.recur4j.models.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.RecurException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;

class JsonLinesListenerTest {
  @TempDir Path folder;

  private static EpochReport epoch(int number, double loss) {
    return new EpochReport(number, 9, loss, new Evaluation(loss / 2, 0.75, 40), number == 2, 1.5);
  }

  @Test
  void writesOneObjectALine() throws IOException {
    Path file = folder.resolve("training.jsonl");
    try (JsonLinesListener listener = JsonLinesListener.ofBatches(file)) {
      listener.onBatch(new BatchReport(1, 3, 4, 0.5, 1.25, true, ""));
      listener.onBatch(new BatchReport(1, 4, 4, Double.NaN, 2, false, "a weight of \"x\" is NaN"));
      listener.onEpoch(new EpochReport(1, 9, 0.5, null, false, 0.25));
      listener.onEpoch(epoch(2, 0.25));
      assertThat(Files.readAllLines(file))
          .as("before the file is closed")
          .containsExactly(
              "{\"event\":\"batch\",\"epoch\":1,\"batch\":3,\"batches\":4,\"loss\":0.5,"
                  + "\"gradientNorm\":1.25,\"applied\":true}",
              "{\"event\":\"batch\",\"epoch\":1,\"batch\":4,\"batches\":4,\"loss\":null,"
                  + "\"gradientNorm\":2.0,\"applied\":false,"
                  + "\"fault\":\"a weight of \\\"x\\\" is NaN\"}",
              "{\"event\":\"epoch\",\"epoch\":1,\"epochs\":9,\"loss\":0.5,\"best\":false,"
                  + "\"seconds\":0.25}",
              "{\"event\":\"epoch\",\"epoch\":2,\"epochs\":9,\"loss\":0.25,\"validationLoss\":0.125,"
                  + "\"validationAccuracy\":0.75,\"validationAnswers\":40,\"best\":true,"
                  + "\"seconds\":1.5}");
    }
  }

  @Test
  void leavesBatchesOutUnlessAsked() throws IOException {
    Path file = folder.resolve("training.jsonl");
    try (JsonLinesListener listener = JsonLinesListener.ofEpochs(file)) {
      listener.onBatch(new BatchReport(1, 3, 4, 0.5, 1.25, true, ""));
    }
    assertThat(file).isEmptyFile();
  }

  /** Killed in the middle of a line, and gone on from a checkpoint within epoch 2. */
  @Test
  void continuesAFileAndCountsWhatWasDoneAgainOnce() throws IOException {
    Path file = folder.resolve("training.jsonl");
    try (JsonLinesListener listener = JsonLinesListener.ofEpochs(file)) {
      listener.onEpoch(epoch(1, 4));
      listener.onEpoch(epoch(2, 3));
      listener.onEpoch(epoch(3, 2));
    }
    Files.writeString(file, "{\"event\":\"epo", StandardOpenOption.APPEND);
    assertThat(JsonLinesListener.readEpochs(file)).hasSize(3);
    try (JsonLinesListener listener = JsonLinesListener.ofEpochs(file)) {
      listener.onResume(2, 7, List.of(epoch(1, 4)));
      assertThat(JsonLinesListener.readEpochs(file))
          .as("nothing was run again yet")
          .containsExactly(epoch(1, 4), epoch(2, 3), epoch(3, 2));
      listener.onEpoch(epoch(2, 3.5));
    }
    assertThat(Files.readAllLines(file))
        .hasSize(5)
        .contains("{\"event\":\"resume\",\"epoch\":2,\"batch\":7}");
    assertThat(JsonLinesListener.readEpochs(file)).containsExactly(epoch(1, 4), epoch(2, 3.5));
  }

  @Test
  void keepsWhatATrainingSays() throws IOException {
    Path file = folder.resolve("training.jsonl");
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      examples.add(Example.classified(new int[] {i % 3}, i % 3 == 0 ? 0 : 1));
    }
    TrainingResult result;
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = Networks.oneToOne().embedding(3, 2).classes(2).build(backend);
        JsonLinesListener listener = JsonLinesListener.ofBatches(file)) {
      result =
          Trainer.of(network)
              .epochs(3)
              .batchSize(3)
              .validation(examples)
              .listener(listener)
              .train(examples);
    }
    assertThat(JsonLinesListener.readEpochs(file)).isEqualTo(result.epochs());
    List<String> events = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonObject object = JsonParser.parseString(line).getAsJsonObject();
      events.add(object.get("event").getAsString());
    }
    assertThat(events)
        .containsExactly(
            "batch", "batch", "batch", "epoch", "batch", "batch", "batch", "epoch", "batch",
            "batch", "batch", "epoch");
  }

  @Test
  void continuesAFileWhoseLastLineHasNoEnd() throws IOException {
    Path file = folder.resolve("training.jsonl");
    try (JsonLinesListener listener = JsonLinesListener.ofEpochs(file)) {
      listener.onEpoch(epoch(1, 4));
    }
    Files.writeString(file, Files.readString(file).stripTrailing());
    assertThat(JsonLinesListener.readEpochs(file)).containsExactly(epoch(1, 4));
    try (JsonLinesListener listener = JsonLinesListener.ofEpochs(file)) {
      listener.onEpoch(epoch(2, 3));
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(JsonLinesListener.readEpochs(file)).containsExactly(epoch(1, 4), epoch(2, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 11, 12, 60})
  void cutsOffWhatAKilledTrainingLeftOfALine(int length) throws IOException {
    Path file = folder.resolve("training.jsonl");
    try (JsonLinesListener listener = JsonLinesListener.ofEpochs(file)) {
      listener.onEpoch(epoch(1, 4));
    }
    String whole = Files.readString(file);
    Files.writeString(file, whole + whole.substring(0, length));
    assertThat(JsonLinesListener.readEpochs(file)).containsExactly(epoch(1, 4));
    JsonLinesListener.ofEpochs(file).close();
    assertThat(file).hasContent(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a note", "{\"mine\": ", "7", "한글"})
  void keepsWhatIsNotItsOwn(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("notes"), "first\n" + text);
    try (JsonLinesListener listener = JsonLinesListener.ofEpochs(file)) {
      listener.onEpoch(epoch(1, 4));
    }
    assertThat(Files.readAllLines(file)).hasSize(3).startsWith("first", text);
    Files.writeString(file, text.repeat(100_000));
    JsonLinesListener.ofEpochs(file).close();
    assertThat(file).hasContent(text.repeat(100_000) + "\n");
  }

  @Test
  void aLogOnAFullDiskIsReportedOnceAndCostsNoTraining() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full here");
    List<String> reported = new ArrayList<>();
    List<Example> examples =
        List.of(
            Example.classified(new int[] {0}, 0),
            Example.classified(new int[] {1}, 1),
            Example.classified(new int[] {2}, 1));
    JsonLinesListener listener =
        JsonLinesListener.ofBatches(full).onFailure(failure -> reported.add(failure.getMessage()));
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = Networks.oneToOne().embedding(3, 2).classes(2).build(backend);
        listener) {
      assertThat(listener.failure()).isEmpty();
      assertThat(Trainer.of(network).epochs(2).listener(listener).train(examples).end())
          .isEqualTo(TrainingResult.End.COMPLETED);
    }
    assertThat(reported)
        .singleElement()
        .asString()
        .contains("Cannot write " + full, "a file to which lines can be appended", "free space");
    assertThat(listener.failure()).get().extracting(Throwable::getMessage).isIn(reported);
  }

  /** As a cancelled future leaves it: what is logged is written, and the interrupt is kept. */
  @Test
  void anInterruptedThreadWrites() throws IOException {
    Path file = Files.writeString(folder.resolve("training.jsonl"), "{\"event\":\"ep");
    Thread.currentThread().interrupt();
    JsonLinesListener listener = JsonLinesListener.ofEpochs(file);
    listener.onEpoch(epoch(1, 4));
    listener.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(listener.failure()).isEmpty();
    assertThat(JsonLinesListener.readEpochs(file)).containsExactly(epoch(1, 4));
  }

  /** A pipe is neither read nor cut; this one has no end to read to. */
  @Test
  @Timeout(20)
  void writesIntoAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    boolean made = false;
    try {
      made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      Assumptions.abort("no named pipe can be made here: " + e.getMessage());
    }
    Assumptions.assumeTrue(made, "no named pipe can be made here");
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try (BufferedReader reader = Files.newBufferedReader(pipe)) {
                return reader.readLine();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try (JsonLinesListener listener = JsonLinesListener.ofEpochs(pipe)) {
      listener.onEpoch(new EpochReport(1, 9, 0.5, null, false, 0.25));
    }
    assertThat(read.get()).startsWith("{\"event\":\"epoch\",\"epoch\":1");
  }

  @Test
  void refusals() throws IOException {
    Path file = folder.resolve("nowhere").resolve("training.jsonl");
    assertThatThrownBy(() -> JsonLinesListener.ofEpochs(file))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("Cannot write " + file)
        .hasMessageContaining("Create the folder, or correct the path");
    Path other = Files.writeString(folder.resolve("other"), "{\"event\":\"epoch\"}\n");
    assertThatThrownBy(() -> JsonLinesListener.readEpochs(other))
        .hasMessageContaining("line 1, '{\"event\":\"epoch\"}'");
    Files.writeString(other, "hello\n");
    assertThatThrownBy(() -> JsonLinesListener.readEpochs(other)).hasMessageContaining("'hello'");
  }
}
