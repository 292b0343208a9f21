package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.network.Network;
import org.recur4j.models.safetensors.ChangedMetadata;

/** Checkpoints with right checksums whose progress says what no trainer wrote. */
class ChangedProgressTest {
  private static final String PREFIX = "recur4j.progress.";
  private static final List<String> TOKENS =
      List.of(
          "",
          "0",
          "-1",
          "1",
          "+1",
          "01",
          " 1",
          "1 ",
          "0x10",
          "\u0661",
          "3.5",
          "1e0",
          "1f",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "1e300",
          "1e400",
          "NaN",
          "-Infinity",
          "null",
          "true",
          "TRUE",
          "[5]",
          "COMPLETED",
          "INTERRUPTED",
          "0.5 0.5 0.5 2 true 1.0 6",
          "0.5 - - - yes 1.0 6",
          "0.5 - - - true -1.0 6",
          "0.5 - - - true 1.0 2147483648",
          "0.5 - - - true 1.0 1",
          "0.5 0.5 0.5 -2 true 1.0 6");

  @TempDir private Path folder;
  private BrokenRuns runs;

  @BeforeEach
  void open() throws IOException {
    runs = BrokenRuns.in(folder);
    runs.breakAfter(25, options -> options);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void everyChangedProgressIsRefusedOrMeansWhatItSays() {
    ChangedMetadata checkpoint = new ChangedMetadata(runs.checkpoint());
    Map<String, String> whole = checkpoint.metadata();
    List<String> keys = whole.keySet().stream().filter(key -> key.startsWith(PREFIX)).toList();
    assertThat(keys).hasSize(16);
    int refused = 0;
    for (String key : keys) {
      for (String token : TOKENS) {
        Map<String, String> changed = new TreeMap<>(whole);
        changed.put(key, token);
        try {
          TrainingProgress progress = ProgressJson.read(runs.checkpoint(), changed);
          if (!key.equals(PREFIX + "seconds")) {
            boolean best = ProgressJson.hasBestWeights(changed);
            String said = ProgressJson.write(progress, best).get(key);
            assertThat(said).as(key).matches(text -> same(text, token));
          }
        } catch (ModelFileException e) {
          assertThat(e).hasMessageContaining("training progress that cannot be read (");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(350);
  }

  /** Numbers may be written in another way. */
  private static boolean same(String text, String token) {
    boolean numbers =
        !text.isEmpty() && !token.isEmpty() && Character.isDigit(token.charAt(token.length() - 1));
    return text.equals(token) || (numbers && Double.parseDouble(text) == Double.parseDouble(token));
  }

  @Test
  void theMessageNamesTheNumberAndTheWayOut() {
    ChangedMetadata checkpoint = new ChangedMetadata(runs.checkpoint());
    refuses(checkpoint, "epoch", "2147483647", "'reports' is 2, expected 2147483646");
    refuses(checkpoint, "batches", "9223372036854775807", "'batches' is 9223372036854775807");
    refuses(checkpoint, "batches", "25", "'batches' is 25, expected at most 24, the passes");
    refuses(checkpoint, "updates", "25", "'updates' is 25, expected at most 24, the passes");
    refuses(checkpoint, "passes", "4294967296", "a whole number from 0 to 4294967295");
    refuses(checkpoint, "failures", "10", "'failures' is 10, expected at most 9");
    refuses(checkpoint, "loss count", "5", "'loss count' is 5, expected at most 4");
    refuses(checkpoint, "loss sum", "NaN", "'loss sum' is NaN, expected a finite number");
    refuses(checkpoint, "waited", "3", "'waited' is 3, expected at most 2, the epochs so far");
    refuses(checkpoint, "seconds", "-1", "'seconds' is -1.0, expected at least 0");
    refuses(checkpoint, "reports", "1000000000", "no 'report.3'");
    refuses(checkpoint, "best weights", "yes", "'best weights' has yes for true or false");
    refuses(checkpoint, "end", "INTERRUPTED", "'end' is INTERRUPTED");
    refuses(checkpoint, "report.3", "", "unknown 'report.3'");
    refuses(checkpoint, "batch", null, "no 'batch'");
  }

  private void refuses(ChangedMetadata checkpoint, String key, String value, String part) {
    checkpoint.write(PREFIX + key, value);
    try (Network network = ResumableTraining.network(runs.backend())) {
      float[] weights = BrokenRuns.weights(network);
      assertThatThrownBy(
              () ->
                  runs.resume(ResumableTraining.trainer(network))
                      .train(ResumableTraining.examples()))
          .isInstanceOf(RecurException.class)
          .hasMessageContaining("Cannot resume training")
          .hasMessageContaining(part)
          .hasMessageContaining("The previous checkpoint is");
      assertThat(BrokenRuns.weights(network)).as("weights").isEqualTo(weights);
    }
  }
}
