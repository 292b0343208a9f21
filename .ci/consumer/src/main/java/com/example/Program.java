package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.models.file.Checksum;
import org.recur4j.models.file.SafeTensors;
import org.recur4j.models.file.SafeTensorsFile;
import org.recur4j.models.file.StoredTensor;
import org.recur4j.models.initialisation.Initialiser;
import org.recur4j.models.initialisation.WeightShape;

/** What a stranger's first program does with the library; prints the same on every road to it. */
public final class Program {
  private static final int GATES = 4;
  private static final int HIDDEN_SIZE = 8;

  private Program() {}

  /** No arguments. */
  public static void main(String[] args) throws IOException {
    keepWeights();
  }

  /** Draws an LSTM's recurrent weights, writes them to a model file and reads them back. */
  private static void keepWeights() throws IOException {
    float[] weights =
        new Initialiser.Orthogonal(1)
            .floats(
                new WeightShape(GATES, HIDDEN_SIZE, HIDDEN_SIZE),
                new Philox(7),
                RandomStream.INITIALISATION.at(0));
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
