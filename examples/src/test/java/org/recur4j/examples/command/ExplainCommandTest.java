package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks explained at the public door. */
class ExplainCommandTest {
  @TempDir private Path folder;

  @Test
  void showsTheNetworkOfTheBlackboard() {
    Path pictures = folder.resolve("pictures");
    Run run = Run.of("explain", "word", "--step", "2", "--pictures", pictures.toString());
    assertThat(run.succeeds().out())
        .contains("[ VANILLA 3→4 ] ↩ h", "at step 2 of 5 (b)", "h = tanh(W x + U h′ + b)")
        .contains("x                          = [   0.000   1.000   0.000 ]");
    assertThat(pictures)
        .isDirectoryContaining("glob:**/matrices.svg")
        .isDirectoryContaining("glob:**/unrolled.svg")
        .isDirectoryContaining("glob:**/cell.svg")
        .isDirectoryContaining("glob:**/rolled.svg")
        .isDirectoryContaining("glob:**/explanation.txt");
  }

  /** The pictures that the documents show are what the command draws. */
  @Test
  void thePicturesOfTheDocumentsAreTrue() throws IOException {
    Path drawn = folder.resolve("drawn");
    Run.of(
            "explain",
            "word",
            "hello",
            "--cell",
            "lstm",
            "--hidden",
            "3",
            "--step",
            "3",
            "--pictures",
            drawn.toString())
        .succeeds();
    for (String name : List.of("rolled", "unrolled", "cell", "matrices")) {
      assertThat(Path.of("..", "docs", "pictures", name + ".svg"))
          .hasSameTextualContentAs(drawn.resolve(name + ".svg"));
    }
  }

  @Test
  void showsHowATrainedNetworkReads() {
    Path model = folder.resolve("model.safetensors");
    Run.of(
            "train",
            "names",
            "--epochs",
            "1",
            "--hidden",
            "4",
            "--embedding",
            "3",
            "--layers",
            "1",
            "--output",
            model.toString())
        .succeeds();
    assertThat(
            Run.of(
                    "explain",
                    "names",
                    "Ada",
                    "--step",
                    "3",
                    "--reverse",
                    "--model",
                    model.toString())
                .succeeds()
                .out())
        .contains("bidirectional LSTM 3→4", "reverse, at step 3 of 3 (a)", "c = f · c′ + i · g")
        .contains("h′                         = [   0.000   0.000   0.000   0.000 ]");
  }

  @Test
  void refusesWhatIsNotThere() {
    Run.of("explain", "word", "abc", "--step", "4").refuses(ExitCode.BAD_INPUT, "a step below 3");
    Run.of("explain", "word", "--step", "0").refuses(ExitCode.BAD_INPUT, "--step 0", "at least 1");
    Run.of("explain", "word", "").refuses(ExitCode.BAD_INPUT, "0 letters", "1 to 100");
    Run.of("explain", "word", "--cell", "none").refuses(ExitCode.BAD_INPUT, "vanilla, lstm or gru");
    Run.of("explain").refuses(ExitCode.BAD_INPUT, "[word, names]");
  }
}
