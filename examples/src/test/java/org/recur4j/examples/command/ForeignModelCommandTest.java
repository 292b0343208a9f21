package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.seq2seq.EncoderDecoder;

/** Files that name a task and hold a network, or a number, that the task never wrote. */
class ForeignModelCommandTest {
  private static final Map<String, String> NOTES =
      Map.of("task.characters", "abc", "task.phonemes", "aa b k", "task.length", "20");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "digits | 8 features and 10 outputs, MANY_TO_ONE",
        "births | features and 3 outputs, MANY_TO_MANY",
        "korean | outputs, MANY_TO_MANY",
        "blank | outputs, MANY_TO_MANY",
        "chorales | 88 features and 88 outputs, MANY_TO_MANY",
        "new-names | 5 indices and 5 outputs, ONE_TO_MANY",
        "syllables | 3 indices and 2 outputs, MANY_TO_MANY",
        "adding | 2 features and 1 outputs, MANY_TO_ONE",
        "copy | 10 indices and 8 outputs, MANY_TO_MANY",
        "temporal-order | outputs, MANY_TO_ONE",
      })
  void aNetworkOfAnotherFormIsRefused(String task, String form) {
    Path file = folder.resolve("model.safetensors");
    try (Backend backend = Backends.open("ejml");
        Network network =
            Networks.manyToOne()
                .embedding(7, 3)
                .recurrent(Networks.lstm(2))
                .classes(4)
                .build(backend)) {
      new TaskFile(task, file).write(network, NOTES);
    }
    Run.of("predict", task, "--backend", "ejml", "--model", file.toString(), "0")
        .refuses(
            ExitCode.BAD_INPUT,
            file.toString(),
            "a network with 7 indices and 4 outputs, MANY_TO_ONE",
            form,
            "Give a file that 'recur4j train " + task + "' wrote.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "600000000", "-5", "0", "2.5", "1e2", "+20", "x", ""})
  void aLengthThatNoProblemHasIsRefused(String length) {
    Path file = folder.resolve("model.safetensors");
    try (Backend backend = Backends.open("ejml");
        Network network =
            Networks.manyToMany()
                .embedding(10, 3)
                .recurrent(Networks.lstm(2))
                .classes(8)
                .build(backend)) {
      new TaskFile("copy", file).write(network, Map.of("task.length", length));
    }
    Run.of("predict", "copy", "--backend", "ejml", "--model", file.toString(), "cab")
        .refuses(
            ExitCode.BAD_INPUT,
            "length '" + length + "'",
            "a number of steps that the problem 'copy' can have",
            "Train again.");
  }

  @Test
  void namesWithOtherCharactersThanTheNetworkReadsAreRefused() {
    Path file = folder.resolve("model.safetensors");
    try (Backend backend = Backends.open("ejml");
        Network network =
            Networks.manyToOne()
                .embedding(5, 3)
                .recurrent(Networks.lstm(2))
                .classes(2)
                .build(backend)) {
      Map<String, String> notes = new HashMap<>();
      notes.put("names.labels", "female\nmale");
      notes.put("names.characters", "abcdef");
      network.save(file, notes);
    }
    Run.of("predict", "names", "--backend", "ejml", "--model", file.toString(), "fee")
        .refuses(
            ExitCode.BAD_INPUT,
            "a network with 5 indices and 2 outputs",
            "8 indices and 2 outputs");
  }

  @Test
  void anEncoderDecoderOfOtherSymbolsIsRefused() {
    Path file = folder.resolve("model.safetensors");
    try (Backend backend = Backends.open("ejml");
        EncoderDecoder network =
            EncoderDecoder.builder(27, 4)
                .embedding(3)
                .encoder(Networks.lstm(2))
                .decoder(Networks.lstm(2))
                .build(backend)) {
      String phonemes = String.join(" ", List.of("AA", "B", "K"));
      network.save(file, Map.of("task.name", "pronounce", "task.phonemes", phonemes));
    }
    Run.of("predict", "pronounce", "--backend", "ejml", "--model", file.toString(), "cab")
        .refuses(
            ExitCode.BAD_INPUT,
            "a network from 27 letters to 4 phonemes",
            "27 letters and 3 phonemes");
  }
}
