package org.recur4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HashSplitTest {
  @Test
  void followsTheFirstTwoBytesOfTheHash() {
    // SHA-256: "abc" starts ba 78, "" starts e3 b0 (FIPS 180-4 examples).
    assertThat(new HashSplit(0xba, 0x79).partOf("abc")).isEqualTo(HashSplit.Part.VALIDATION);
    assertThat(new HashSplit(0xbb, 0x79).partOf("abc")).isEqualTo(HashSplit.Part.TEST);
    assertThat(new HashSplit(0xba, 0x78).partOf("abc")).isEqualTo(HashSplit.Part.TRAINING);
    assertThat(new HashSplit(0xe3, 0xb0).partOf("")).isEqualTo(HashSplit.Part.TRAINING);
    assertThat(new HashSplit(0xe4, 0).partOf("")).isEqualTo(HashSplit.Part.TEST);
  }

  @Test
  void tenthsAreAboutTenths() {
    Map<HashSplit.Part, Integer> counts = new EnumMap<>(HashSplit.Part.class);
    for (int i = 0; i < 10_000; i++) {
      counts.merge(HashSplit.tenths().partOf("text " + i), 1, Integer::sum);
    }
    // Expected: 26/256 of all for test; 26/256 of the others for validation.
    assertThat(counts.get(HashSplit.Part.TEST)).isBetween(900, 1130);
    assertThat(counts.get(HashSplit.Part.VALIDATION)).isBetween(800, 1030);
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(10_000);
  }

  @Test
  void twoWaysToEncodeATextNeverPart() {
    HashSplit split = new HashSplit(128, 128);
    for (char letter = 'a'; letter <= 'z'; letter++) {
      for (String mark : List.of("\u0300", "\u0301", "\u0302", "\u0303", "\u0308")) {
        String decomposed = "x" + letter + mark + letter;
        String composed = Normalizer.normalize(decomposed, Normalizer.Form.NFC);
        assertThat(split.partOf(decomposed)).as(decomposed).isEqualTo(split.partOf(composed));
      }
    }
  }

  @Test
  void refusesWhatIsNoByte() {
    assertThatThrownBy(() -> new HashSplit(256, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bounds 256 and 0, expected 0 to 255");
    assertThatThrownBy(() -> new HashSplit(0, -1)).isInstanceOf(DataException.class);
  }
}
