package org.recur4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void aGroupIsNeverInTwoParts() {
    List<String> measurements =
        IntStream.range(0, 1000).mapToObj(i -> "person " + i % 100 + "/" + i / 100).toList();
    Map<HashSplit.Part, List<String>> parts =
        new HashSplit(64, 64).byGroup(measurements, text -> text.split("/")[0]);
    assertThat(parts.keySet()).containsExactly(HashSplit.Part.values());
    List<Set<String>> groups =
        parts.values().stream()
            .map(part -> part.stream().map(text -> text.split("/")[0]).collect(Collectors.toSet()))
            .toList();
    assertThat(groups).allSatisfy(part -> assertThat(part).isNotEmpty());
    assertThat(groups.stream().mapToInt(Set::size).sum()).isEqualTo(100);
    for (List<String> part : parts.values()) {
      assertThat(part).isSortedAccordingTo(Comparator.comparingInt(measurements::indexOf));
    }
    assertThat(parts.values().stream().mapToInt(List::size).sum()).isEqualTo(1000);
    assertThat(HashSplit.tenths().byGroup(List.<String>of(), text -> text))
        .hasSize(3)
        .allSatisfy((part, list) -> assertThat(list).isEmpty());
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
