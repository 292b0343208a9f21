package org.recur4j.examples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkBuilder;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;

/** Networks whose layers run through plans of the EJML backend, kept in files. */
class FusedNetworkTest {
  private static final SequenceBatch BATCH =
      SequenceBatch.ofIndices(
          List.of(new int[] {1, 2, 3, 4, 5}, new int[0], new int[] {6}, new int[] {0, 6, 3}));

  @TempDir private Path folder;

  enum Kind {
    LSTM,
    GRU,
    VANILLA,
    DEEP_LSTM,
    TAGGING_GRU,
    DROPOUT_LSTM,
    DROPOUT_GRU;

    boolean tags() {
      return this == TAGGING_GRU || this == DROPOUT_GRU;
    }

    NetworkBuilder<?> builder() {
      return switch (this) {
        case LSTM -> Networks.manyToOne().embedding(7, 5).recurrent(lstm(9));
        case GRU -> Networks.manyToOne().embedding(7, 5).recurrent(gru(9));
        case VANILLA -> Networks.manyToOne().embedding(7, 5).recurrent(vanilla(9));
        case DEEP_LSTM ->
            Networks.manyToOne()
                .embedding(7, 5)
                .bidirectional(lstm(9))
                .dropout(0.2)
                .bidirectional(lstm(6));
        case TAGGING_GRU -> Networks.manyToMany().embedding(7, 5).bidirectional(gru(9));
        case DROPOUT_LSTM ->
            Networks.manyToOne()
                .embedding(7, 5)
                .variationalDropout(0.2)
                .bidirectional(lstm(9).recurrentDropout(0.25).learnedInitialState(), Merge.SUM);
        case DROPOUT_GRU ->
            Networks.manyToMany().embedding(7, 5).recurrent(gru(9).recurrentDropout(0.5));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTrainedNetworkAnswersBitForBitTheSameFromItsFile(Kind kind) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Path again = folder.resolve("again.safetensors");
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(2));
        Network network = kind.builder().classes(3).seed(5).build(backend)) {
      assertThat(network.summary().lines().filter(line -> line.contains("fused: ")))
          .as(network.summary())
          .hasSize(kind == Kind.DEEP_LSTM ? 2 : 1)
          .noneMatch(line -> line.contains("fused: fused"));
      float[][] untrained = network.predict(BATCH);
      Trainer.of(network).epochs(2).batchSize(8).train(examples(kind));
      float[][] answers = network.predict(BATCH);
      assertThat(answers[0]).isNotEqualTo(untrained[0]);
      network.save(file);
      try (Network read = Network.load(file, backend)) {
        assertThat(read.predict(BATCH)).isDeepEqualTo(answers);
        assertThat(read.summary()).isEqualTo(network.summary());
        read.save(again);
      }
    }
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
    try (Backend other = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        Network read = Network.load(file, other)) {
      read.save(again);
    }
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
  }

  private static List<Example> examples(Kind kind) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int[] sequence = {i % 7, i % 5, i % 3};
      examples.add(
          kind.tags()
              ? Example.tagged(sequence, i % 3, i % 2, 0)
              : Example.classified(sequence, i % 3));
    }
    return examples;
  }
}
