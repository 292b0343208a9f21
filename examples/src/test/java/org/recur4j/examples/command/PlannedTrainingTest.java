package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recur4j.examples.pronounce.PronounceTask;
import org.recur4j.examples.task.Task;

/** Which trainings a report consists of, and the commands that repeat one. */
class PlannedTrainingTest {
  private static final Task PRONOUNCE = new PronounceTask();

  @Test
  void areEveryVariantWithEverySeed() {
    List<PlannedTraining> plans = PlannedTraining.usual(PRONOUNCE, false, 2, Map.of(), "ejml");
    assertThat(plans).hasSize(2 * PRONOUNCE.variants().size());
    assertThat(plans).allMatch(PlannedTraining::isUsual);
    assertThat(plans.get(1).title()).isEqualTo("pronounce, lstm bidirectional, seed 2");
    assertThat(plans.get(1).command())
        .isEqualTo(
            "./recur4j train pronounce --cell lstm --direction bidirectional --seed 2 --backend"
                + " ejml");
    assertThat(plans.stream().map(PlannedTraining::key)).doesNotHaveDuplicates();
  }

  @Test
  void sayWhatALongOneHasOtherThanUsual() {
    List<PlannedTraining> plans =
        PlannedTraining.longer(PRONOUNCE, Map.of("pronounce.attention", "dot"), "ejml");
    assertThat(plans).hasSize(1);
    assertThat(plans.get(0).isUsual()).isFalse();
    assertThat(plans.get(0).title())
        .isEqualTo("pronounce, lstm bidirectional, hidden 256, epochs 22, seed 1");
    assertThat(plans.get(0).command())
        .isEqualTo(
            "./recur4j train pronounce --cell lstm --direction bidirectional --hidden 256 --epochs"
                + " 22 --seed 1 --attention dot --dropout 0.4 --decoder-layers 2"
                + " --label-smoothing 0.1 --backend ejml");
  }

  @Test
  void withOptionsOfATaskAreOthersThanWithout() {
    Map<String, String> given = Map.of("pronounce.dropout", "0.5");
    assertThat(PlannedTraining.usual(PRONOUNCE, true, null, given, "ejml").get(0).key())
        .contains("dropout=0.5")
        .isNotEqualTo(PlannedTraining.usual(PRONOUNCE, true, null, Map.of(), "ejml").get(0).key());
  }
}
