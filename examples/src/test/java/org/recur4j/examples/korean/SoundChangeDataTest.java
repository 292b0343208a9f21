package org.recur4j.examples.korean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.models.data.DataException;

class SoundChangeDataTest {
  @Test
  void noTrainingTextIsATestWord() {
    SoundChangeData data =
        SoundChangeData.of(
            SoundChangeReader.words(), SoundChangeReader.compounds(), TestWords.WHOLE);
    Set<String> test = new HashSet<>();
    data.test().forEach(word -> test.add(word.written()));
    assertThat(data.training()).hasSizeGreaterThan(27_000);
    assertThat(data.training()).noneMatch(word -> test.contains(word.written()));
    assertThat(data.validation()).noneMatch(word -> test.contains(word.written()));
  }

  @Test
  void refusesAnotherPlace() {
    assertThatThrownBy(() -> TestWords.of("outside"))
        .hasMessageContaining("--test-words outside")
        .hasMessageContaining("whole or inside");
  }

  @Test
  void noTestWordIsInsideATrainingText() {
    List<SpokenWord> words = SoundChangeReader.words();
    List<SpokenWord> compounds = SoundChangeReader.compounds();
    assertThat(words).hasSize(8_243);
    assertThat(compounds).hasSize(20_000);
    SoundChangeData data = SoundChangeData.of(words, compounds, TestWords.INSIDE);
    assertThat(data.test()).hasSize(807);
    Set<String> test = new HashSet<>();
    data.test().forEach(word -> test.add(word.written()));
    assertThat(data.validation()).noneMatch(word -> test.contains(word.written()));
    Set<String> made = new HashSet<>();
    compounds.forEach(word -> made.add(word.written()));
    Set<String> longer = new HashSet<>(test);
    longer.removeIf(word -> word.length() < 2);
    for (SpokenWord word : data.training()) {
      String text = word.written();
      assertThat(test).doesNotContain(text);
      assertThat(longer).noneMatch(text::contains);
      if (made.contains(text)) {
        assertThat(test).noneMatch(held -> text.startsWith(held) || text.endsWith(held));
      }
    }
  }

  @Test
  void readsWrittenAndSpoken() throws IOException {
    assertThat(read("국물\t궁물\n검은 고양이\t거믄 고양이\n"))
        .containsExactly(new SpokenWord("국물", "궁물"), new SpokenWord("검은 고양이", "거믄 고양이"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "국물 | the same number of syllables",
        "국물\\t궁 | the same number of syllables",
        "국물\\t궁물\\t궁물 | the same number of syllables",
        "국물\\tgm | the character 'g'",
        "국 물\\t국가물 | a blank where the other half has one"
      })
  void refusesALineOfAnotherForm(String line, String part) {
    assertThatThrownBy(() -> read("국물\t궁물\n" + line.replace("\\t", "\t")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("list, line 2")
        .hasMessageContaining(part);
  }

  private static List<SpokenWord> read(String text) throws IOException {
    return SoundChangeReader.read(
        "list", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
