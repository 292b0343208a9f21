package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.examples.task.Task;

/** Trainings that are stopped with Ctrl-C and gone on with; {@link KilledTaskTest} kills one. */
class ResumedTaskTest {
  private static final int TWO_BATCHES = 2;
  private static final Set<String> FEW = Set.of("names", "adding", "pronounce");
  private static final String CHORALES =
      "{\"train\": [[[60, 64], [62], []], [[62, 65], [60]]],"
          + " \"valid\": [[[60], [64]]], \"test\": [[[60], [62], [64]]]}";

  @TempDir private Path folder;

  static Stream<String> few() {
    return FEW.stream().sorted();
  }

  static Stream<String> otherTasks() {
    return TaskCatalog.all().stream().map(Task::name).filter(task -> !FEW.contains(task));
  }

  @ParameterizedTest
  @MethodSource("few")
  void aTaskKeepsACheckpointAndSaysHowToGoOn(String task) throws IOException {
    stopAndLookForTheCheckpoint(task);
  }

  @Tag("thorough")
  @ParameterizedTest
  @MethodSource("otherTasks")
  void everyOtherTaskKeepsACheckpointAndSaysHowToGoOn(String task) throws IOException {
    stopAndLookForTheCheckpoint(task);
  }

  private void stopAndLookForTheCheckpoint(String task) throws IOException {
    Run run = Run.of(new CtrlC(TWO_BATCHES), arguments(task, "model.safetensors", "--quiet"));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(run.err())
        .contains("interrupted after", "model.interrupted.safetensors")
        .contains("give the same command again to go on from " + checkpoint());
    assertThat(checkpoint()).exists();
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"names", "chorales"})
  void goesOnToTheSameModelAndFigures(String task) throws IOException {
    compareWithTheUninterrupted(task);
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(strings = {"births", "new-names", "pronounce"})
  void furtherTasksGoOnToTheSameModelAndFigures(String task) throws IOException {
    compareWithTheUninterrupted(task);
  }

  private void compareWithTheUninterrupted(String task) throws IOException {
    JsonObject whole = json(Run.of(arguments(task, "wanted.safetensors", "--json")));
    assertThat(checkpoint()).as("removed when the model is saved").doesNotExist();
    Run stopped = Run.of(new CtrlC(TWO_BATCHES), arguments(task, "model.safetensors", "--json"));
    assertThat(stopped.code()).isEqualTo(ExitCode.INTERRUPTED);
    JsonObject half = JsonParser.parseString(stopped.out()).getAsJsonObject();
    assertThat(half.get("checkpoint").getAsString()).isEqualTo(checkpoint().toString());
    JsonObject resumed = json(Run.of(arguments(task, "model.safetensors", "--json")));
    assertThat(Files.mismatch(file("model.safetensors"), file("wanted.safetensors"))).isEqualTo(-1);
    for (String figure : List.of("scores", "testAccuracy")) {
      assertThat(resumed.get(figure)).isEqualTo(whole.get(figure));
    }
    assertThat(losses(resumed)).hasSize(2).isEqualTo(losses(whole));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("checkpoint"));
    }
  }

  @Test
  void theCurveShowsTheEpochsBeforeTheStopAndAPersonSeesWhereItContinues() throws IOException {
    String log = file("log.jsonl").toString();
    String curve = file("curve.png").toString();
    String whole = file("whole.png").toString();
    Run.of(arguments("adding", "wanted.safetensors", "--curve", whole)).succeeds();
    Run.of(new CtrlC(11), arguments("adding", "model.safetensors", "--log", log));
    String[] again = {"--log", log, "--curve", curve};
    Run run = Run.of(arguments("adding", "model.safetensors", again)).succeeds();
    assertThat(run.out()).contains("continues in epoch 2 after").doesNotContain("epoch   1");
    assertThat(Files.readAllLines(file("log.jsonl")))
        .extracting(line -> line.substring(0, line.indexOf(',', line.indexOf(',') + 1)))
        .containsExactly(
            "{\"event\":\"epoch\",\"epoch\":1",
            "{\"event\":\"resume\",\"epoch\":2",
            "{\"event\":\"epoch\",\"epoch\":2");
    assertThat(file("curve.svg")).hasSameTextualContentAs(file("whole.svg"));
  }

  @Test
  void refusesACheckpointOfOtherSettings() throws IOException {
    Run.of(new CtrlC(TWO_BATCHES), arguments("adding", "model.safetensors"));
    byte[] before = Files.readAllBytes(checkpoint());
    refuses("adding", "got epochs 3; expected 2", "--epochs", "3");
    refuses("adding", "got seed 2; expected 1", "--seed", "2");
    refuses("adding", "\"hiddenSize\":9", "--hidden", "9");
    refuses("adding", "another example 0", "--length", "21");
    refuses("copy", "model");
    refuses("names", "model");
    assertThat(checkpoint()).hasBinaryContent(before);
    assertThat(file("model.safetensors")).doesNotExist();
  }

  @Test
  void goesOnDespiteWhatIsNamed() throws IOException {
    Run.of(new CtrlC(TWO_BATCHES), arguments("adding", "model.safetensors"));
    Run.of(arguments("adding", "model.safetensors", "--epochs", "3", "--resume-despite", "epochs"))
        .succeeds();
    assertThat(file("model.safetensors")).exists();
    assertThat(checkpoint()).doesNotExist();
    Run.of("train", "adding", "--quick", "--resume-despite", "epochs")
        .refuses(ExitCode.BAD_INPUT, "--resume-despite without --checkpoint");
  }

  private void refuses(String task, String difference, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("--quiet");
    Run.of(arguments(task, "model.safetensors", all.toArray(String[]::new)))
        .refuses(
            ExitCode.BAD_INPUT,
            "resuming training from " + checkpoint(),
            difference,
            "remove the checkpoint, or choose another file, to start over");
  }

  @Test
  void refusesACheckpointThatWouldReplaceTheModelOrCannotBeWritten() throws IOException {
    for (String task : List.of("digits", "names")) {
      for (String model : List.of("checkpoint.safetensors", "checkpoint.safetensors.previous")) {
        Run.of(arguments(task, model))
            .refuses(
                ExitCode.BAD_INPUT,
                "--checkpoint",
                file(model) + " and ",
                "one file",
                "a file of its own");
      }
      Run.of(arguments(task, "m.safetensors", "--checkpoint", file("no/c").toString()))
          .refuses(ExitCode.BAD_INPUT, "--checkpoint", "expected an existing folder");
      Run.of(arguments(task, "m.safetensors", "--checkpoint-seconds", "-1"))
          .refuses(ExitCode.BAD_INPUT, "--checkpoint-seconds -1.0", "at least 0");
    }
    assertThat(checkpoint()).doesNotExist();
  }

  private String[] arguments(String task, String model, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("train", task, "--backend", "ejml"));
    put(all, "--epochs", "2");
    put(all, "--hidden", "4");
    if (task.equals("names")) {
      all.addAll(List.of("--layers", "1", "--embedding", "4", "--batch", "800"));
      put(all, "--output", file(model).toString());
    } else {
      all.add("--quick");
      put(all, "--out", file(model).toString());
    }
    if (task.equals("chorales")) {
      put(all, "--data", Files.writeString(file("chorales.json"), CHORALES).toString());
    }
    put(all, "--checkpoint", checkpoint().toString());
    for (int i = 0; i < more.length; i++) {
      if (i + 1 < more.length && !more[i + 1].startsWith("--")) {
        put(all, more[i], more[++i]);
      } else {
        all.add(more[i]);
      }
    }
    return all.toArray(String[]::new);
  }

  private static void put(List<String> arguments, String option, String value) {
    int at = arguments.indexOf(option);
    if (at >= 0) {
      arguments.set(at + 1, value);
    } else {
      arguments.addAll(List.of(option, value));
    }
  }

  private static List<String> losses(JsonObject trained) {
    List<String> losses = new ArrayList<>();
    for (JsonElement epoch : trained.getAsJsonArray("epochs")) {
      JsonObject row = epoch.getAsJsonObject();
      losses.add(row.get("trainingLoss") + " " + row.get("validationLoss"));
    }
    return losses;
  }

  private Path checkpoint() {
    return file("checkpoint.safetensors");
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static JsonObject json(Run run) {
    return JsonParser.parseString(run.succeeds().out()).getAsJsonObject();
  }
}
