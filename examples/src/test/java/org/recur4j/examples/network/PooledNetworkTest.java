package org.recur4j.examples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.lstm;

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
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.Evaluation;

/** Pooling, layer normalization and masks on the Java backend: fused, and the same every time. */
class PooledNetworkTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void trainsToTheSameBytesWhateverTheThreads(Pooling pooling) throws IOException {
    assertThat(trained(pooling, 2)).isEqualTo(trained(pooling, 1));
  }

  private byte[] trained(Pooling pooling, int threads) throws IOException {
    Path file = folder.resolve("model" + threads + ".safetensors");
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(threads));
        Network network = network(backend, pooling)) {
      assertThat(network.summary().lines().filter(line -> line.contains("fused: "))).hasSize(1);
      Evaluation before = Trainer.evaluate(network, examples());
      Trainer.of(network)
          .optimizer(Optimizer.adam(0.02))
          .epochs(4)
          .batchSize(16)
          .seed(1)
          .train(examples());
      assertThat(Trainer.evaluate(network, examples()).loss()).isLessThan(before.loss());
      network.save(file);
    }
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @EnumSource
  void aRowAnswersTheSameWhateverItsNeighborsLength(Pooling pooling) {
    List<int[]> rows = List.of(new int[] {1, 2, 3, 4, 5}, new int[0], new int[] {6});
    try (Backend backend = Backends.open("ejml");
        Network network = network(backend, pooling)) {
      float[][] together = network.predict(SequenceBatch.ofIndices(rows));
      for (int b = 0; b < rows.size(); b++) {
        float[] alone = network.predict(SequenceBatch.ofIndices(List.of(rows.get(b))))[0];
        assertThat(together[b]).as("row " + b).containsExactly(alone, within(1e-6f));
      }
    }
  }

  private static Network network(Backend backend, Pooling pooling) {
    return Networks.manyToOne()
        .embedding(7, 5, 0)
        .bidirectional(lstm(9))
        .layerNormalization()
        .pooling(pooling)
        .classes(2)
        .seed(3)
        .build(backend);
  }

  /** Whether there is a 3; every third example has a hole in the middle. */
  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int[] sequence = {1 + i % 6, 1 + i % 5, 1 + i % 4, 1 + i / 10};
      boolean hole = i % 3 == 0;
      boolean hit =
          sequence[0] == 3 || (sequence[1] == 3 && !hole) || sequence[2] == 3 || sequence[3] == 3;
      Example example = Example.classified(sequence, hit ? 1 : 0);
      examples.add(hole ? example.masked(true, false, true, true) : example);
    }
    return examples;
  }
}
