package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text that is the same to a reader is the same to a network, however its accents are encoded. */
class SameTextTest {
  private static final String COMPOSED = "Zo\u00EB";
  private static final String DECOMPOSED = "Zoe\u0308";

  @TempDir private Path folder;

  @Test
  void namesAreLearnedAndAskedAlike() throws IOException {
    Path model = folder.resolve("composed.safetensors");
    Path other = folder.resolve("decomposed.safetensors");
    train(model, Normalizer.Form.NFC);
    train(other, Normalizer.Form.NFD);
    assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(model));
    JsonArray answers =
        answers("names", "--model", model.toString(), COMPOSED, DECOMPOSED, "ZOE\u0308 ");
    for (int i = 1; i < 3; i++) {
      assertThat(probabilities(answers.get(i))).isEqualTo(probabilities(answers.get(0)));
    }
    String explained = explained("names", "--model", model.toString(), COMPOSED);
    assertThat(explained).contains("\u00EB");
    assertThat(explained("names", "--model", model.toString(), DECOMPOSED)).isEqualTo(explained);
  }

  @Test
  void aWordIsExplainedAlike() {
    assertThat(explained("word", DECOMPOSED)).isEqualTo(explained("word", COMPOSED));
  }

  @Test
  void syllablesAreReadAlikeWholeOrInJamo() {
    sameAnswers("korean", "국물 좋다");
    sameAnswers("blank", "시험에 붙어서 기분이 ___, 친구들과 놀았다");
  }

  private void sameAnswers(String task, String text) {
    Path model = folder.resolve(task + ".safetensors");
    Run.of(new CtrlC(1), "train", task, "--quick", "--quiet", "--output", model.toString());
    String saved = folder.resolve(task + ".interrupted.safetensors").toString();
    String parts = Normalizer.normalize(text, Normalizer.Form.NFD);
    assertThat(parts).isNotEqualTo(text);
    JsonArray answers = answers(task, "--model", saved, text, parts);
    for (String key : List.of("answer", "figures")) {
      assertThat(answers.get(1).getAsJsonObject().get(key))
          .isEqualTo(answers.get(0).getAsJsonObject().get(key));
    }
  }

  private void train(Path model, Normalizer.Form form) throws IOException {
    Path lists = Files.createDirectory(folder.resolve(form.name()));
    Run.of(
            "train",
            "names",
            "--quiet",
            "--epochs=1",
            "--layers=1",
            "--hidden=4",
            "--embedding=4",
            "--output",
            model.toString(),
            "--data",
            list(lists, form, "summer", "o\u00EB").toString(),
            list(lists, form, "winter", "a\u00F1").toString())
        .succeeds();
  }

  private static Path list(Path folder, Normalizer.Form form, String label, String ending)
      throws IOException {
    List<String> names =
        IntStream.range(0, 200)
            .mapToObj(i -> Normalizer.normalize("n" + i + ending, form))
            .toList();
    return Files.write(folder.resolve(label + ".txt"), names);
  }

  private static JsonArray answers(String task, String... rest) {
    String[] arguments = new String[rest.length + 3];
    arguments[0] = "predict";
    arguments[1] = task;
    arguments[2] = "--json";
    System.arraycopy(rest, 0, arguments, 3, rest.length);
    return JsonParser.parseString(Run.of(arguments).succeeds().out()).getAsJsonArray();
  }

  private static JsonElement probabilities(JsonElement answer) {
    return answer.getAsJsonObject().get("probabilities");
  }

  private static String explained(String what, String... rest) {
    String[] arguments = new String[rest.length + 2];
    arguments[0] = "explain";
    arguments[1] = what;
    System.arraycopy(rest, 0, arguments, 2, rest.length);
    return Run.of(arguments).succeeds().out();
  }
}
