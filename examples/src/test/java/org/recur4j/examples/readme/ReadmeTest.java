package org.recur4j.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.recur4j.models.network.Networks.gru;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.session.Session;
import org.recur4j.models.session.SessionState;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;

/** What README.md shows is this package's source, token for token, and works. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// README: begin\\n(.*?)// README: end", Pattern.DOTALL);

  /** Line breaks and indentation are the formatter's business; everything else must agree. */
  private static String tokens(String code) {
    return code.replace("@Override", "").replaceAll("\\s+", "");
  }

  private static String region(String source) throws IOException {
    Path file = Path.of("src/test/java/org/recur4j/examples/readme", source);
    Matcher region = REGION.matcher(Files.readString(file));
    assertThat(region.find()).as("a README region in " + source).isTrue();
    return tokens(region.group(1));
  }

  @Test
  void theReadmeShowsTheCodeOfThisPackage() throws IOException {
    Matcher blocks = JAVA.matcher(Files.readString(Path.of("..", "README.md")));
    List<String> shown = new ArrayList<>();
    while (blocks.find()) {
      shown.add(tokens(blocks.group(1)));
    }
    assertThat(shown)
        .containsExactly(
            region("QuickStart.java"),
            region("MinimalGatedUnit.java"),
            region("Streaming.java"),
            region("Serving.java"));
  }

  @Test
  void theFirstProgramAnswersRightly(@TempDir Path folder) {
    float[] probabilities = QuickStart.run(folder.resolve("model.safetensors"));
    assertThat(probabilities).hasSize(2);
    assertThat(probabilities[1]).isGreaterThan(0.9f);
    assertThat(folder.resolve("model.safetensors")).exists();
  }

  @Test
  void aSessionGoesOnWhereItsSnapshotWasTaken() {
    float[][] live = {{1, 0}, {0, 1}, {1, 1}};
    float[][] whole = {live[0], live[1], live[2], live[0]};
    try (Backend backend = Backends.open("ejml");
        Network network =
            Networks.manyToMany().features(2).recurrent(gru(8)).classes(2).build(backend)) {
      float[] all = network.predict(SequenceBatch.ofFeatures(List.<float[][]>of(whole)))[0];
      assertThat(Streaming.run(network, live)).containsExactly(all[6], all[7]);
    }
  }

  @Test
  void aClientGoesOnBesideAnother() {
    float[][] live = {{1, 0}, {0, 1}};
    try (Backend backend = Backends.open("ejml");
        Network network =
            Networks.manyToMany().features(2).recurrent(gru(8)).classes(2).build(backend);
        Session session = network.session()) {
      session.step(live[0], new float[2]);
      SessionState kept = session.snapshot();
      session.step(new float[2], new float[2]);
      assertThat(Serving.run(network, kept)).isEqualTo(session.snapshot());
    }
  }

  @Test
  void theCellOfTenLinesLearnsWhichDigitCameFirst() {
    List<Example> examples =
        IntStream.range(0, 500)
            .mapToObj(n -> Example.classified(new int[] {n % 5, n % 7, n % 3}, n % 5))
            .toList();
    try (Backend backend = Backends.open("ejml");
        Network network =
            Networks.manyToOne()
                .embedding(7, 8)
                .cell(
                    "minimal gated unit",
                    false,
                    (from, size) -> new MinimalGatedUnit(from, size, 16))
                .classes(5)
                .seed(1)
                .build(backend)) {
      Trainer.of(network).optimizer(Optimizer.adam(1e-2)).epochs(8).seed(1).train(examples);
      assertThat(Trainer.evaluate(network, examples).accuracy()).isGreaterThan(0.95);
    }
  }
}
