package org.recur4j.examples.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;

class TaskSettingsTest {
  private static final Variant LSTM = new Variant(CellChoice.LSTM, Direction.FORWARD);
  private static final TaskSettings SETTINGS = TaskSettings.of(LSTM, 3, 64, 32, 0.01, false);

  @Test
  void changesOneThingAtATime() {
    assertThat(
            SETTINGS
                .withEpochs(4)
                .withHidden(5)
                .withLayers(6)
                .withBatch(7)
                .withLearningRate(0.5)
                .withSeed(9)
                .withOptions(Map.of("data", "x")))
        .isEqualTo(new TaskSettings(LSTM, 4, 5, 6, 7, 0.5, 9, false, Map.of("data", "x")));
  }

  @Test
  void refusesWhatNoNetworkCanBeMadeOf() {
    assertThatThrownBy(() -> SETTINGS.withHidden(0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("hidden")
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> SETTINGS.withLearningRate(Double.NaN))
        .hasMessageContaining("learning rate");
    assertThatThrownBy(() -> CellChoice.NONE.layer(3)).hasMessageContaining("no cell");
  }

  @Test
  void refusesAResultThatContradictsItself() {
    Score score = Score.share("right", 0.5, List.of(), List.of());
    assertThatThrownBy(() -> new TaskResult(List.of(), 1, false, 1))
        .hasMessageContaining("0 scores, interrupted false");
    assertThatThrownBy(() -> new TaskResult(List.of(score), 1, true, 1))
        .hasMessageContaining("1 scores, interrupted true");
  }

  @Test
  void refusesARequestThatCannotBeDrawn() {
    assertThatThrownBy(() -> new Generation(0, 1, 0, "", 1)).hasMessageContaining("count 0");
    assertThatThrownBy(() -> new Generation(1, 0, 0, "", 1)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Generation(1, 1, -1, "", 1)).hasMessageContaining("top-k -1");
  }

  @Test
  void namesVariantsAsTheCommandLineDoes() {
    assertThat(Variant.cells(Direction.BIDIRECTIONAL, Direction.FORWARD))
        .extracting(Variant::toString)
        .containsExactly(
            "lstm bidirectional",
            "gru bidirectional",
            "vanilla bidirectional",
            "lstm forward",
            "gru forward",
            "vanilla forward");
    assertThat(new Variant(CellChoice.NONE, Direction.FORWARD)).hasToString("none");
  }
}
