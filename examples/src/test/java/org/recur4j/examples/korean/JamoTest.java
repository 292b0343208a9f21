package org.recur4j.examples.korean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.recur4j.models.data.DataException;

class JamoTest {
  @Test
  void takesEverySyllableApartAsUnicodeDoesAndPutsItTogetherAgain() {
    for (char syllable = '가'; syllable <= '힣'; syllable++) {
      String text = String.valueOf(syllable);
      int[] steps = Jamo.encode(text, "test");
      String parts = Normalizer.normalize(text, Normalizer.Form.NFD);
      assertThat(steps[0]).isEqualTo(parts.charAt(0) - 0x1100);
      assertThat(steps[1] - 19).isEqualTo(parts.charAt(1) - 0x1161);
      assertThat(steps[2] - 40).isEqualTo(parts.length() == 3 ? parts.charAt(2) - 0x11A7 : 0);
      assertThat(Jamo.decode(steps)).isEqualTo(text);
      assertThat(Jamo.encode(parts, "test")).containsExactly(steps);
      assertThat(Jamo.endsInConsonant(syllable)).isEqualTo(parts.length() == 3);
    }
  }

  @Test
  void givesMarksAStepOfTheirOwn() {
    String text = "기분이 _, 아니!";
    int[] steps = Jamo.encode(text, "test");
    assertThat(steps).hasSize(3 * 5 + 5);
    assertThat(Arrays.stream(steps)).allMatch(step -> step >= 0 && step < Jamo.size());
    assertThat(Jamo.decode(steps)).isEqualTo(text);
  }

  @Test
  void marksWhatIsNoSyllable() {
    assertThat(Jamo.decode(0, 0, 0)).isEqualTo("\uFFFD");
    assertThat(Jamo.decode(0, 19)).isEqualTo("\uFFFD");
  }

  @Test
  void refusesWhatIsNotHangul() {
    for (String text : new String[] {"국a", "국ㄱ", "國", "국\uD83D\uDE00"}) {
      assertThatThrownBy(() -> Jamo.encode(text, "the input"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("Cannot use the input: got the character '")
          .hasMessageContaining("Write it in Hangul");
    }
  }
}
