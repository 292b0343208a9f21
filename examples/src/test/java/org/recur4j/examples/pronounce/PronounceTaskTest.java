package org.recur4j.examples.pronounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.models.data.DataException;
import org.recur4j.models.training.report.EpochReport;

class PronounceTaskTest {
  private static PronounceData data;

  @BeforeAll
  static void load() {
    data = PronounceData.load();
  }

  @Test
  void everyWordIsInOnePartWithAllItsPronunciations() {
    assertThat(data.phonemes()).hasSize(39).contains("AA", "ZH");
    Set<String> words = new HashSet<>();
    int test = data.test().size();
    int all = 0;
    for (List<PronounceData.Word> part : List.of(data.training(), data.validation(), data.test())) {
      part.forEach(word -> words.add(word.spelling()));
      all += part.size();
    }
    assertThat(all).isEqualTo(123_874);
    assertThat(words).hasSize(all);
    assertThat(test).isBetween(all / 11, all / 9);
    PronounceData.Word tomato =
        data.training().stream().filter(w -> w.spelling().equals("TOMATO")).findAny().orElseThrow();
    assertThat(tomato.pronunciations().stream().map(data::phonemes))
        .containsExactly("T AH M EY T OW", "T AH M AA T OW");
  }

  @Test
  void rulesFindWhichLetterSaysWhat() {
    LetterRules rules = new LetterRules(data.every(40).training());
    List<Integer> said = rules.pronounce(PronounceData.encode("bandit"));
    assertThat(data.phonemes(said.stream().mapToInt(Integer::intValue).toArray()))
        .isEqualTo("B AE N D IH T");
  }

  @Test
  void aTrainedModelIsMeasuredKeptAndAsked(@TempDir Path folder) {
    PronounceTask task = new PronounceTask();
    TaskSettings settings = task.defaults(task.variants().get(0), true).withHidden(6).withEpochs(1);
    Path file = folder.resolve("pronounce.safetensors");
    try (Backend backend = Backends.open();
        TaskTraining training = task.train(backend, settings, TaskProgress.none())) {
      List<Score> scores = training.measure().scores();
      assertThat(scores).hasSize(2);
      Score wrong = scores.get(0);
      assertThat(wrong.baselines().get(0).low()).isBetween(0.5, 0.9);
      training.model().save(file);
      List<Prediction> said = training.model().predict(List.of("Neural", "o'clock"));
      assertThat(said.get(0).figures()).containsOnlyKeys("PROBABILITY");
      try (TaskModel read = task.open(backend, file)) {
        assertThat(read.predict(List.of("Neural", "o'clock"))).isEqualTo(said);
        assertThatThrownBy(() -> read.predict(List.of("naïve")))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("neither a letter nor an apostrophe");
        assertThatThrownBy(() -> read.predict(List.of(" "))).hasMessageContaining("0 characters");
      }
    }
  }

  @Test
  void optionsThatSayNothingAreRefused() {
    PronounceTask task = new PronounceTask();
    TaskSettings settings = task.defaults(task.variants().get(0), true);
    try (Backend backend = Backends.open()) {
      for (Map<String, String> options :
          List.of(
              Map.of("attention", "loud"),
              Map.of("dropout", "much"),
              Map.of("decoder-layers", "0"),
              Map.of("label-smoothing", "some"))) {
        assertThatThrownBy(
                () -> task.train(backend, settings.withOptions(options), TaskProgress.none()))
            .isInstanceOf(InvalidArgumentException.class)
            .hasMessageContaining("pronounce, --" + options.keySet().iterator().next());
      }
    }
  }

  @Test
  void optionsReachTheNetwork() {
    // Of 39 phonemes and the end: what a target costs at least when 0.9 of it is spread over all.
    double each = 0.9 / 40;
    double least = -(0.1 + each) * Math.log(0.1 + each) - 39 * each * Math.log(each);
    StringBuilder words = new StringBuilder();
    assertThat(lastLoss(Map.of("decoder-layers", "2", "label-smoothing", "0.9"), words))
        .isGreaterThan(least);
    assertThat(words).contains("decoder: LSTM 64→12 ", "decoder: LSTM 12→12 ");
    words.setLength(0);
    assertThat(lastLoss(Map.of(), words)).isLessThan(least);
    assertThat(words).contains("decoder: LSTM 64→12 ").doesNotContain("decoder: LSTM 12→12 ");
  }

  private static double lastLoss(Map<String, String> options, StringBuilder words) {
    PronounceTask task = new PronounceTask();
    TaskSettings settings =
        task.defaults(task.variants().get(0), true)
            .withHidden(6)
            .withEpochs(3)
            .withOptions(options);
    double[] loss = new double[1];
    TaskProgress progress =
        new TaskProgress() {
          @Override
          public void describe(String text) {
            words.append(text);
          }

          @Override
          public void onEpoch(EpochReport report) {
            loss[0] = report.loss();
          }
        };
    try (Backend backend = Backends.open();
        TaskTraining training = task.train(backend, settings, progress)) {
      assertThat(training.isInterrupted()).isFalse();
    }
    return loss[0];
  }

  @Test
  void picturesShowWeightsUnderTheirLabels() {
    AttentionPicture picture =
        new AttentionPicture(
            List.of("A", "<"), List.of("EY", "L"), new float[][] {{1, 0}, {0.26f, 0.74f, 0}});
    assertThat(picture.text()).containsExactly("     A  <", "EY  ███", "L   ░░░▓▓▓");
    assertThat(picture.svg("a & b"))
        .startsWith("<svg ")
        .endsWith("</svg>\n")
        .contains("a &amp; b", "<title>&lt; → L: 0.740</title>", "fill-opacity=\"0.260\"")
        .doesNotContain("%n");
  }
}
