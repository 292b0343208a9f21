package org.recur4j.examples.blank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.recur4j.examples.korean.Jamo;

class SentenceMakerTest {
  private final List<BlankSentence> known = SentenceMaker.known().make(3_200);
  private final List<BlankSentence> unseen = SentenceMaker.unseen().make(2_000);

  @Test
  void makesTheLecturesSentenceForTheTestAlone() {
    BlankSentence lecture = new BlankSentence("오늘 엄청 맛있는 고기를 먹었는데 기분이 _, 아니 고기가 상했지 뭐야!", 1);
    assertThat(Mood.ALL.get(lecture.mood()).word()).isEqualTo("나빴어");
    // Nearly all that there are.
    assertThat(SentenceMaker.unseen().make(6_300)).contains(lecture);
    assertThat(known).doesNotContain(lecture);
  }

  @Test
  void testsWithThingsTimesAndPatternsThatNoTrainingSentenceHas() {
    Set<String> learned = new HashSet<>();
    known.forEach(s -> learned.addAll(List.of(s.text().split(" ", -1))));
    for (Setting setting : Setting.UNSEEN) {
      assertThat(learned).noneMatch(word -> word.startsWith(setting.noun()));
      assertThat(learned).doesNotContain(setting.adjective());
    }
    assertThat(learned)
        .doesNotContainAnyElementsOf(Pattern.UNSEEN.times())
        .doesNotContainAnyElementsOf(Pattern.UNSEEN.degrees());
    assertThat(Pattern.KNOWN.closings()).doesNotContainAnyElementsOf(Pattern.UNSEEN.closings());
  }

  @Test
  void whatStandsBeforeTheBlankDoesNotGiveTheWordAway() {
    Map<String, Set<Integer>> moods = new HashMap<>();
    for (BlankSentence sentence : SentenceMaker.unseen().make(4_000)) {
      String before = sentence.text().substring(0, sentence.text().indexOf('_'));
      moods.computeIfAbsent(before, key -> new HashSet<>()).add(sentence.mood());
    }
    assertThat(moods.values()).allMatch(each -> each.size() == Mood.ALL.size());
  }

  @Test
  void whatHappenedBelongsToOneMoodOnlyAndIsInTheTraining() {
    Set<String> events = new HashSet<>();
    for (Mood mood : Mood.ALL) {
      assertThat(mood.events()).hasSameSizeAs(Mood.ALL.get(0).events());
      mood.events().forEach(event -> assertThat(events.add(event)).as(event).isTrue());
      for (String event : mood.events()) {
        assertThat(known).anyMatch(sentence -> sentence.text().contains(" " + event));
      }
    }
  }

  @Test
  void sentencesAreDifferentHaveOneBlankAndCanBeRead() {
    assertThat(new HashSet<>(known)).hasSameSizeAs(known);
    assertThat(new HashSet<>(unseen)).hasSameSizeAs(unseen);
    for (BlankSentence sentence : unseen) {
      assertThat(sentence.text()).containsOnlyOnce("_");
      assertThat(Jamo.decode(Jamo.encode(sentence.text(), "test"))).isEqualTo(sentence.text());
    }
  }

  @Test
  void everyMoodIsAsLikely() {
    int[] counts = new int[Mood.ALL.size()];
    unseen.forEach(sentence -> counts[sentence.mood()]++);
    assertThat(counts).containsOnly(unseen.size() / Mood.ALL.size());
  }
}
