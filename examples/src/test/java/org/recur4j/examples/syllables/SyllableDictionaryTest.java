package org.recur4j.examples.syllables;

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
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.models.data.DataException;

class SyllableDictionaryTest {
  @Test
  void readsSyllablesAndWhereTheyBegin() throws IOException {
    List<SyllableWord> words =
        read(
            "MNCL",
            "(\"camera\" n (((k ae) 1) ((m er) 0) ((ax) 0)))",
            "(\"camera\" v (((k ae) 1) ((m er) 0) ((ax) 0)))",
            "(\"o'clock\" nil (((ax) 0) ((k l aa k) 1)))");
    assertThat(words).hasSize(2);
    assertThat(words.get(0).phonemes()).containsExactly("k", "ae", "m", "er", "ax");
    assertThat(words.get(0).starts()).containsExactly(1, 0, 1, 0, 1);
    assertThat(words.get(1).spelling()).isEqualTo("o'clock");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(\"camera\" n (((k ae) 1) ((m er) 0)",
        "(\"camera\" n ())",
        "(\"camera\" n ((() 1)))",
        "(\"camera\" n (((K ae) 1)))",
        "(\"camera\" n (((k  ae) 1)))",
        "(\"camera\" n (((k ae) 1) x ((m er) 0)))",
        "camera"
      })
  void refusesALineOfAnotherForm(String line) {
    assertThatThrownBy(() -> read("MNCL", "(\"a\" dt (((ax) 0)))", line))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("list, line 3")
        .hasMessageContaining("(((phonemes) stress) …)");
  }

  @Test
  void refusesAFileWithoutItsHeading() {
    assertThatThrownBy(() -> read("(\"a\" dt (((ax) 0)))"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a line MNCL");
  }

  @Test
  void keepsEveryWordOfTheTestOutOfTheOtherParts() {
    List<SyllableWord> words = SyllableDictionary.load();
    SyllableData data = SyllableData.of(words, 1);
    assertThat(data.training().size() + data.validation().size() + data.test().size())
        .isEqualTo(words.size());
    assertThat(data.test().size() / (double) words.size()).isBetween(0.098, 0.106);
    Set<String> learned = new HashSet<>();
    data.training().forEach(word -> learned.add(word.spelling()));
    data.validation().forEach(word -> learned.add(word.spelling()));
    assertThat(data.test()).noneMatch(word -> learned.contains(word.spelling()));
  }

  @Test
  void theRuleGivesAsManyConsonantsToTheNextSyllableAsAWordBeginsWith() throws IOException {
    MaximalOnset rule =
        new MaximalOnset(
            read(
                "MNCL",
                "(\"strap\" nil (((s t r ae p) 1)))",
                "(\"nap\" nil (((n ae p) 1)))",
                "(\"lap\" nil (((l ae p) 1)))"));
    assertThat(rule.starts(List.of("ae", "n", "s", "t", "r", "ae")))
        .containsExactly(1, 0, 1, 0, 0, 0);
    assertThat(rule.starts(List.of("n", "ae", "l", "n", "ae"))).containsExactly(1, 0, 0, 1, 0);
    assertThat(rule.starts(List.of("ae", "ae"))).containsExactly(1, 1);
    assertThat(rule.starts(List.of("s"))).containsExactly(1);
  }

  private static List<SyllableWord> read(String... lines) throws IOException {
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return SyllableDictionary.read("list", new ByteArrayInputStream(text));
  }
}
