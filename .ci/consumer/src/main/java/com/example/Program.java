package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;
import org.recur4j.models.safetensors.StoredTensor;
import org.recur4j.models.initialization.Initializer;
import org.recur4j.models.initialization.WeightShape;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.data.Example;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.TrainingResult;

/** What a stranger's first program does with the library; prints the same on every road to it. */
public final class Program {
  private static final int GATES = 4;
  private static final int HIDDEN_SIZE = 8;

  private Program() {}

  /** No arguments. */
  public static void main(String[] args) throws IOException {
    keepWeights();
    learn();
  }

  /** Opens a backend by its name alone, trains a small network on it and asks that. */
  private static void learn() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      examples.add(Example.classified(new int[] {i % 5, i % 3, i % 4}, i % 2));
    }
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults());
        Network network =
            Networks.manyToOne()
                .embedding(5, 4)
                .bidirectional(Networks.lstm(HIDDEN_SIZE))
                .dropout(0.1)
                .classes(2)
                .seed(7)
                .build(backend)) {
      TrainingResult result =
          Trainer.of(network)
              .optimizer(Optimizer.adam(0.01))
              .epochs(2)
              .batchSize(8)
              .seed(7)
              .train(examples);
      check(result.epochs().size() == 2, "the training did not run to its end");
      check(network.summary().contains("fused"), "the LSTM runs step by step");
      float[][] answers =
          network.predict(SequenceBatch.ofIndices(List.of(new int[] {1, 2, 3}, new int[] {4})));
      check(Math.abs(answers[0][0] + answers[0][1] - 1) < 1e-5, "probabilities do not add up to 1");
      System.out.println("predictions of a trained network " + Arrays.deepHashCode(answers));
    }
  }

  /** Draws an LSTM's recurrent weights, writes them to a model file and reads them back. */
  private static void keepWeights() throws IOException {
    float[] weights =
        new Initializer.Orthogonal(1)
            .floats(
                new WeightShape(GATES, HIDDEN_SIZE, HIDDEN_SIZE),
                new Philox(7),
                RandomStream.INITIALIZATION.at(0));
    Path folder = Files.createTempDirectory("consumer");
    Path file = folder.resolve("weights.safetensors");
    try {
      SafeTensors.write(
          file,
          List.of(StoredTensor.of("weight_hh_l0", weights, GATES * HIDDEN_SIZE, HIDDEN_SIZE)),
          Map.of("made by", "a stranger"),
          Checksum.SHA256);
      try (SafeTensorsFile open = SafeTensors.open(file)) {
        float[] read = open.floats("weight_hh_l0");
        check(Arrays.equals(weights, read), "the weights that were read are not those written");
        check(
            open.header().metadata().get("made by").equals("a stranger"), "the metadata are lost");
        System.out.println("recurrent weights " + Arrays.hashCode(read));
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
