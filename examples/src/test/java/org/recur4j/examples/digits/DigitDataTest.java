package org.recur4j.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.models.data.DataException;

class DigitDataTest {
  private static final String PIXELS = "0,".repeat(63) + "16,";

  @Test
  void dividesTheBundledImages() {
    DigitData data = DigitData.load();
    assertThat(data.all()).hasSize(1_797);
    assertThat(data.training().size() + data.validation().size() + data.test().size())
        .isEqualTo(1_797);
    assertThat(data.test().size()).isBetween(400, 500);
    assertThat(data.test()).doesNotContainAnyElementsOf(data.training());
  }

  @Test
  void givesAnImageWholeAndRowByRow() {
    DigitImage image = DigitData.load().all().get(0);
    float[] whole = image.whole()[0];
    float[][] rows = image.rows();
    assertThat(whole).hasSize(64);
    assertThat(rows).hasNumberOfRows(8);
    for (int i = 0; i < 64; i++) {
      assertThat(whole[i]).isEqualTo(image.pixels().get(i) / 16f);
      assertThat(rows[i / 8][i % 8]).isEqualTo(whole[i]);
    }
    assertThat(image.picture()).hasSize(8).allMatch(line -> line.length() == 16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"x | 'x'", "17,1 | 65 pixels", "10 | the digit 10", "-1 | the digit -1", " | ''"})
  void refusesALineOfAnotherForm(String end, String part) {
    byte[] text =
        (PIXELS + "3\n" + PIXELS + (end == null ? "" : end) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> DigitData.read("list", new ByteArrayInputStream(text)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("list, line 2")
        .hasMessageContaining(part);
  }

  @Test
  void refusesAPixelThatIsTooDark() {
    List<Integer> pixels = new ArrayList<>(Collections.nCopies(63, 0));
    pixels.add(17);
    assertThatThrownBy(() -> DigitImage.of(pixels, 0, "the image"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("64 pixels from 0 to 16");
  }

  @Test
  void theBaselinesKnowWhatTheyHaveSeen() {
    DigitImage dark = new DigitImage(Collections.nCopies(64, 16), 1);
    DigitImage light = new DigitImage(Collections.nCopies(64, 0), 2);
    DigitImage gray = new DigitImage(Collections.nCopies(64, 12), 1);
    assertThat(Neighbors.nearestImage(List.of(dark, light), List.of(gray, light))).isEqualTo(1);
    assertThat(Neighbors.nearestImage(List.of(light), List.of(gray, light))).isEqualTo(0.5);
    assertThat(Neighbors.nearestMean(List.of(dark, light), List.of(gray))).isEqualTo(1);
  }
}
