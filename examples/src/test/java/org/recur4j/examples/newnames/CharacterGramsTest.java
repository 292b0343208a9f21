package org.recur4j.examples.newnames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CharacterGramsTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-12);

  @Test
  void probabilitiesAddUpToOne() {
    CharacterGrams grams = new CharacterGrams(3, 5, List.of("abba", "ab", "cab"));
    for (String history : List.of("", "a", "b", "\n\n", "ab", "zz")) {
      double sum = 0;
      for (char next : new char[] {'a', 'b', 'c', '\n', 'd'}) {
        sum += grams.probability(history, next);
      }
      assertThat(sum).as("after '%s'", history).isCloseTo(1, CLOSE);
    }
  }

  /** "ab": after a always b, one kind in one: (1 + 1·P(b)) / 2, P(b) = (1 + 3/4) / (3 + 3). */
  @Test
  void smoothsAsWrittenDown() {
    CharacterGrams grams = new CharacterGrams(2, 4, List.of("ab"));
    assertThat(grams.probability("", 'b')).isCloseTo(1.75 / 6, CLOSE);
    assertThat(grams.probability("a", 'b')).isCloseTo((1 + 1.75 / 6) / 2, CLOSE);
    assertThat(grams.probability("z", 'b')).as("never seen").isCloseTo(1.75 / 6, CLOSE);
  }

  @Test
  void perplexityIsThatOfASymbolEndsIncluded() {
    CharacterGrams grams = new CharacterGrams(1, 3, List.of("ab"));
    double each = (1 + 3 / 3.0) / (3 + 3);
    assertThat(grams.perplexity(List.of("ab", "ba"))).isCloseTo(1 / each, Offset.offset(1e-9));
  }

  @Test
  void aNameIsReadAndSaidOneSymbolApart() {
    var example = NameCorpus.example(new int[] {5, 6, 7}, 0);
    assertThat(example.indices()).containsExactly(0, 5, 6, 7);
    assertThat(example.labels()).containsExactly(5, 6, 7, 0);
  }
}
