package org.recur4j.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.recur4j.models.data.DataException;

class VocabularyTest {
  @Test
  void numbersCharactersByCodePoint() {
    Vocabulary vocabulary = Vocabulary.collect(List.of("cab", "\uD83D\uDE00b"));
    assertThat(vocabulary.characters()).isEqualTo("abc\uD83D\uDE00");
    assertThat(vocabulary.size()).isEqualTo(6);
    assertThat(vocabulary.encode("b\uD83D\uDE00x")).containsExactly(3, 5, Vocabulary.UNKNOWN);
    assertThat(vocabulary.decode(new int[] {3, 5, 1, 0, 0})).isEqualTo("b\uD83D\uDE00\uFFFD");
    assertThat(Vocabulary.of("").encode("ab")).containsExactly(1, 1);
  }

  @Property(seed = "4")
  void whatWasCollectedComesBack(@ForAll List<String> texts) {
    List<String> wellFormed = texts.stream().map(VocabularyTest::withoutHalfPairs).toList();
    Vocabulary vocabulary = Vocabulary.collect(wellFormed);
    Vocabulary stored =
        Vocabulary.of(
            new Gson().fromJson(new Gson().toJson(vocabulary.characters()), String.class));
    assertThat(stored).isEqualTo(vocabulary).hasSameHashCodeAs(vocabulary);
    for (String text : wellFormed) {
      assertThat(stored.encode(text)).doesNotContain(Vocabulary.PADDING, Vocabulary.UNKNOWN);
      assertThat(stored.decode(stored.encode(text))).isEqualTo(text);
    }
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> Vocabulary.of("aba"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the character 'a' twice");
    assertThatThrownBy(() -> Vocabulary.of("a\uD83D"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("half a surrogate pair at place 1");
    assertThatThrownBy(() -> Vocabulary.of("ab").decode(new int[] {4}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("index 4, expected 0 to 3");
  }

  private static String withoutHalfPairs(String text) {
    return text.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
