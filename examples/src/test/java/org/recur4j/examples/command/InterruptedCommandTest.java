package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in a process of its own: nothing that was trained is lost, and nobody waits in vain. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class InterruptedCommandTest {
  /** Far below the 20 seconds that used to pass, far above what a busy machine takes. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private static final String[] BACKEND = {"--backend", "ejml", "--threads", "1"};

  @TempDir private Path folder;

  @Test
  @Tag("thorough")
  void whatHasBeenTrainedIsOnDiskBeforeItIsScored() throws Exception {
    Path model = folder.resolve("model.safetensors");
    Path checkpoint = folder.resolve("checkpoint");
    String[] train = {
      "train", "pronounce", "--quick", "--epochs", "1", "--hidden", "12", "--out", model.toString()
    };
    try (Child child = start(train, "--checkpoint", checkpoint.toString())) {
      while (!Files.exists(model)) {
        assertThat(child.isAlive()).as(child.err()).isTrue();
        Thread.sleep(2);
      }
      assertThat(child.out()).as("not measured when it was saved").doesNotContain("BASELINE");
      long sent = System.nanoTime();
      int expected = child.interrupt();
      assertThat(child.await()).as(child.out()).isEqualTo(expected);
      assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(AT_ONCE);
      Run.of("predict", "pronounce", "--model", model.toString(), "word").succeeds();
      if (child.out().contains("BASELINE")) {
        // A fast machine measures within the second that every command has to stop by itself.
        assertThat(checkpoint).doesNotExist();
        return;
      }
      assertThat(child.err())
          .contains("interrupted before the model was measured; it is in " + model)
          .contains("give the same command again to measure it");
    }
    String[] resume = {
      "--checkpoint", checkpoint.toString(), "--backend", "ejml", "--resume-despite", "engine"
    };
    Run again = Run.of(with(train, resume)).succeeds();
    assertThat(again.out()).contains("continues in epoch 1 after", "BASELINE");
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void aTrainingIsSavedAsItIs() throws Exception {
    Path model = folder.resolve("model.safetensors");
    Path log = folder.resolve("log.jsonl");
    String[] train = {
      "train", "names", "--epochs", "900", "--hidden", "4", "--layers", "1", "--batch", "512"
    };
    try (Child child = start(train, "--output", model.toString(), "--log", log.toString())) {
      while (!Files.exists(log) || Files.size(log) == 0) {
        assertThat(child.isAlive()).as(child.err()).isTrue();
        Thread.sleep(10);
      }
      int expected = child.interrupt();
      assertThat(child.await()).as(child.err()).isEqualTo(expected);
      Path saved = folder.resolve("model.interrupted.safetensors");
      assertThat(child.err()).contains("finished epochs; what was learned is in " + saved);
      Run.of("predict", "names", "--model", saved.toString(), "Ada").succeeds();
      assertThat(model).doesNotExist();
    }
  }

  @Test
  @Tag("thorough")
  void whatLosesNothingStopsAtOnce() throws Exception {
    Path model = folder.resolve("new-names.safetensors");
    Run.of("train", "new-names", "--quick", "--epochs", "1", "--out", model.toString()).succeeds();
    Path page = folder.resolve("page.md");
    List<Child> children = new ArrayList<>();
    try {
      children.add(start(new String[] {"bench", "--workload", "W4"}, "--seconds", "600"));
      children.add(
          start(
              new String[] {"generate", "new-names", "--count", "1000000"},
              "--model",
              model.toString()));
      children.add(start(new String[] {"evaluate", "new-names"}, "--model", model.toString()));
      children.add(start(new String[] {"gradient-flow", "adding", "--steps", "100000"}));
      children.add(
          start(new String[] {"report", "tasks", "--only", "copy"}, "--out", page.toString()));
      for (Child child : children) {
        child.awaitWork(Duration.ofMillis(1500));
        long sent = System.nanoTime();
        int expected = child.interrupt();
        assertThat(child.await()).as(child.err()).isIn(expected, ExitCode.OK);
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(AT_ONCE);
      }
    } finally {
      children.forEach(Child::close);
    }
  }

  private Child start(String[] arguments, String... more) throws IOException {
    return Child.start(folder, List.of(), with(with(arguments, more), BACKEND));
  }

  private static String[] with(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
