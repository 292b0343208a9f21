package org.recur4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.text.Normalizer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

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

  @Property(seed = "4", tries = 100)
  void whatWasCollectedComesBack(@ForAll List<String> texts) {
    comesBack(texts);
  }

  @Tag("thorough")
  @Property(seed = "5")
  void whatWasCollectedFromFurtherTextsComesBack(@ForAll List<String> texts) {
    comesBack(texts);
  }

  private static void comesBack(List<String> texts) {
    List<String> wellFormed = texts.stream().map(VocabularyTest::withoutHalfPairs).toList();
    Vocabulary vocabulary = Vocabulary.collect(wellFormed);
    Vocabulary stored =
        Vocabulary.of(
            new Gson().fromJson(new Gson().toJson(vocabulary.characters()), String.class));
    assertThat(stored).isEqualTo(vocabulary).hasSameHashCodeAs(vocabulary);
    for (String text : wellFormed) {
      assertThat(stored.encode(text)).doesNotContain(Vocabulary.PADDING, Vocabulary.UNKNOWN);
      assertThat(stored.decode(stored.encode(text))).isEqualTo(composed(text));
      assertThat(stored.encode(decomposed(text))).containsExactly(stored.encode(text));
    }
  }

  @Test
  void readsComposedAndDecomposedTextAlike() {
    Vocabulary vocabulary = Vocabulary.collect(List.of("Zoe\u0308", "Zo\u00EB"));
    assertThat(vocabulary.characters()).isEqualTo("Zo\u00EB");
    assertThat(vocabulary.encode("Zoe\u0308")).containsExactly(2, 3, 4);
    assertThat(vocabulary.encode("Zo\u00EB")).containsExactly(2, 3, 4);
    assertThat(vocabulary.normalize("Zoe\u0308")).isEqualTo("Zo\u00EB");
    // A character that was never seen is one unknown character, not a letter and an unknown mark.
    assertThat(vocabulary.encode("o\u0308")).containsExactly(Vocabulary.UNKNOWN);
    assertThat(vocabulary.encode("\u00F6")).containsExactly(Vocabulary.UNKNOWN);
    Vocabulary hangul = Vocabulary.collect(List.of("\uAD6D"));
    assertThat(hangul.encode("\u1100\u116E\u11A8")).containsExactly(2);
  }

  /** Such as a model file has that was trained on decomposed text before Form C was the rule. */
  @Test
  void aVocabularyOfDecomposedTextReadsBothAsItReadThatText() {
    Vocabulary vocabulary = Vocabulary.of("Zeo\u0308");
    assertThat(vocabulary.encode("Zoe\u0308")).containsExactly(2, 4, 3, 5);
    assertThat(vocabulary.encode("Zo\u00EB")).containsExactly(2, 4, 3, 5);
    assertThat(vocabulary.normalize("Zo\u00EB")).isEqualTo("Zoe\u0308");
    assertThat(Vocabulary.of("\u1100\u116E\u11A8").encode("\uAD6D")).containsExactly(2, 3, 4);
  }

  /** The Ångström sign is the letter Å in every normalization form. */
  @Test
  void aVocabularyWithACharacterThatFormCReplacesStillKnowsIt() {
    Vocabulary vocabulary = Vocabulary.of("a\u212B");
    assertThat(vocabulary.encode("\u212B\u00C5A\u030A")).containsExactly(3, 3, 3);
    assertThat(Vocabulary.of("\u212B\u00C5").encode("\u212B")).containsExactly(3);
  }

  @Test
  void namesEveryUnknownSymbolOfAText() {
    Vocabulary vocabulary = Vocabulary.of("abe");
    assertThat(vocabulary.unknownSymbols("b\u00e9a\uD83D\uDE00\u00e9"))
        .containsExactly("\u00e9", "\uD83D\uDE00", "\u00e9");
    assertThat(vocabulary.unknownSymbols("abea")).isEmpty();
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> Vocabulary.of("aba"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the character 'a' twice");
    assertThatThrownBy(() -> Vocabulary.of("a\uD83D"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("half a surrogate pair at position 1");
    assertThatThrownBy(() -> Vocabulary.of("ab").decode(new int[] {4}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("index 4, expected 0 to 3");
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static String decomposed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }

  private static String withoutHalfPairs(String text) {
    return text.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
