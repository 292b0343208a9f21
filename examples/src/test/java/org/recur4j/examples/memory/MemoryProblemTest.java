package org.recur4j.examples.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.HashSplit.Part;

class MemoryProblemTest {
  private static final int COUNT = 400;

  @Test
  void addsTheTwoMarkedNumbersOneOfEachHalf() {
    double error = 0;
    for (Example example : new AddingProblem(25).examples(3, Part.TRAINING, COUNT)) {
      assertThat(example.features()).hasNumberOfRows(25);
      int[] marked = new int[2];
      float sum = 0;
      for (int t = 0; t < 25; t++) {
        float[] step = example.features()[t];
        assertThat(step[0]).isGreaterThanOrEqualTo(0).isLessThan(1);
        assertThat(step[1]).isIn(0f, 1f);
        marked[t < 12 ? 0 : 1] += (int) step[1];
        sum += step[0] * step[1];
      }
      assertThat(marked).containsExactly(1, 1);
      assertThat(example.values()[0][0]).isEqualTo(sum);
      error += Math.pow(sum - 1, 2) / COUNT;
    }
    assertThat(error).as("variance of the sum of two uniform numbers").isBetween(0.12, 0.21);
  }

  @Test
  void asksForTheFirstSymbolsAtTheEndAndForNothingElse() {
    Set<String> seen = new HashSet<>();
    for (Example example : new CopyProblem(15).examples(3, Part.TEST, COUNT)) {
      int[] steps = example.indices();
      int[] first = Arrays.copyOf(steps, CopyProblem.REMEMBERED);
      assertThat(Arrays.copyOfRange(example.labels(), 15 - CopyProblem.REMEMBERED, 15))
          .containsExactly(first);
      assertThat(Arrays.copyOf(example.labels(), 15 - CopyProblem.REMEMBERED)).containsOnly(-1);
      assertThat(steps[15 - CopyProblem.REMEMBERED]).isEqualTo(CopyProblem.SYMBOLS + 1);
      seen.add(Arrays.toString(first));
    }
    assertThat(seen).as("different sequences").hasSizeGreaterThan(COUNT / 4);
  }

  @Test
  void hidesTwoOrderedSymbolsInTheSecondAndTheSixthTenth() {
    int[] classes = new int[TemporalOrderProblem.CLASSES];
    for (Example example : new TemporalOrderProblem(60).examples(3, Part.VALIDATION, COUNT)) {
      int[] relevant = new int[60];
      int count = 0;
      for (int t = 0; t < 60; t++) {
        if (example.indices()[t] == 4 || example.indices()[t] == 5) {
          relevant[count++] = t;
        }
      }
      assertThat(count).isEqualTo(2);
      assertThat(relevant[0]).isBetween(6, 11);
      assertThat(relevant[1]).isBetween(30, 35);
      int answer = 2 * (example.indices()[relevant[0]] - 4) + example.indices()[relevant[1]] - 4;
      assertThat(example.labels()).containsExactly(answer);
      classes[answer]++;
    }
    assertThat(Arrays.stream(classes).min().orElseThrow()).isGreaterThan(COUNT / 8);
  }

  @Test
  void drawsTheSameFromTheSameSeedAndOthersForEveryPart() {
    for (MemoryProblem problem :
        List.of(new AddingProblem(20), new CopyProblem(20), new TemporalOrderProblem(20))) {
      List<String> few = shown(problem.examples(7, Part.TRAINING, 5));
      assertThat(shown(problem.examples(7, Part.TRAINING, 9)).subList(0, 5)).isEqualTo(few);
      assertThat(shown(problem.examples(7, Part.TEST, 5))).isNotEqualTo(few);
      assertThat(shown(problem.examples(8, Part.TRAINING, 5))).isNotEqualTo(few);
    }
  }

  private static List<String> shown(List<Example> examples) {
    return examples.stream()
        .map(e -> Arrays.toString(e.indices()) + Arrays.deepToString(e.features()))
        .toList();
  }

  @Test
  void readsWhatAPersonTypes() {
    assertThat(new AddingProblem(9).read("0.25 0.5* 0.125 0.25*").values()[0][0]).isEqualTo(0.75f);
    assertThat(new TemporalOrderProblem(9 + 1).read("abycdx").labels()).containsExactly(2);
    assertThat(new CopyProblem(8).read("cab").indices()).containsExactly(2, 0, 1, 8, 8, 9, 8, 8);
  }

  @Test
  void refusesWhatIsNoSequence() {
    AddingProblem adding = new AddingProblem(9);
    assertThatThrownBy(() -> adding.read("0.5* 0.1"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 numbers, 1 marked");
    assertThatThrownBy(() -> adding.read("0.5* 7*")).hasMessageContaining("'7'");
    assertThatThrownBy(() -> adding.read("0.5* x*")).hasMessageContaining("'x'");
    assertThatThrownBy(() -> new CopyProblem(8).read("cabb")).hasMessageContaining("4 letters");
    assertThatThrownBy(() -> new CopyProblem(8).read("caz")).hasMessageContaining("'z'");
    assertThatThrownBy(() -> new TemporalOrderProblem(20).read("abx"))
        .hasMessageContaining("1 letters x or y");
  }

  @Test
  void refusesLengthsThatLeaveNothingToRemember() {
    assertThatThrownBy(() -> new AddingProblem(1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("length 1");
    assertThatThrownBy(() -> new CopyProblem(5)).hasMessageContaining("length 5");
    assertThatThrownBy(() -> new TemporalOrderProblem(9)).hasMessageContaining("length 9");
  }
}
