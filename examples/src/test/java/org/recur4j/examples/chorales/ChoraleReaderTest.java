package org.recur4j.examples.chorales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.models.data.DataException;

class ChoraleReaderTest {
  private static final String GOOD =
      "{\"train\": [[[21, 108], [], [60]], [[60], [60]]],"
          + " \"test\": [[[60], [62]]], \"valid\": [[[60], [64]]]}";

  @TempDir private Path folder;

  @Test
  void readsPlainAndCompressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(GOOD.getBytes(StandardCharsets.UTF_8));
    }
    byte[] compressed = bytes.toByteArray();
    for (byte[] content : List.of(GOOD.getBytes(StandardCharsets.UTF_8), compressed)) {
      ChoraleData data = read(content);
      assertThat(data.training()).hasSize(2);
      assertThat(data.validation()).hasSize(1);
      assertThat(data.test()).hasSize(1);
      assertThat(data.training().get(0).steps().get(0)).containsExactly(0, 87);
      assertThat(data.training().get(0).steps().get(1)).isEmpty();
      assertThat(ChoraleData.predictions(data.training())).isEqualTo(3);
      float[][] roll = data.training().get(0).roll(1, 3);
      assertThat(roll).hasDimensions(2, 88);
      assertThat(roll[0]).containsOnly(0);
      assertThat(roll[1][60 - 21]).isEqualTo(1);
    }
    refuses(Arrays.copyOf(compressed, compressed.length - 12), "a damaged or incomplete file");
  }

  @Test
  void saysWhereItIsWrong() {
    refuses("{\"train\": [[[60], [20]]]}", "$.train[0][1]", "note 20", "21 to 108");
    refuses("{\"train\": [[[60], [109]]]}", "note 109");
    refuses("{\"train\": [[[60], [60.5]]]}", "note 60.5");
    refuses("{\"train\": [[[60], [\"C\"]]]}", "STRING", "a MIDI note");
    refuses("{\"train\": [[[60]]]}", "$.train[0]", "1 steps", "at least two");
    refuses("{\"train\": [[60]]}", "NUMBER", "a step, a list of notes");
    refuses("{\"train\": [], \"valid\": []}", "no pieces in 'train'");
    refuses("{\"fruit\": []}", "the part 'fruit'");
    refuses("{\"train\": [], \"train\": []}", "the part 'train'", "once");
    refuses("[]", "BEGIN_ARRAY", "an object with the parts");
    refuses(GOOD.substring(0, 40), "a damaged or incomplete file");
    refuses("", "a damaged or incomplete file");
  }

  @Test
  void saysWhereToGetWhatIsNotThere() {
    assertThatThrownBy(() -> ChoraleData.read(folder.resolve("none.json")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("no such file", "github.com/czhuang/JSB-Chorales-dataset");
    assertThatThrownBy(() -> ChoraleData.read(folder)).hasMessageContaining("a folder");
  }

  /** One key sounds in one of two predictions after silence: (1 + 1) / (2 + 2), 87 keys never. */
  @Test
  void countsHowOftenKeysSound() throws IOException {
    ChoraleData data =
        read(
            "{\"train\": [[[], [60]], [[], []]], \"valid\": [[[], []]], \"test\": [[[], [60]]]}"
                .getBytes(StandardCharsets.UTF_8));
    ChoraleBaselines baselines = new ChoraleBaselines(data.training());
    double want = -Math.log(2 / 4.0) - 87 * Math.log(1 - 1 / 4.0);
    assertThat(baselines.frequencies(data.test())).isCloseTo(want, Offset.offset(1e-9));
    assertThat(baselines.transitions(data.test())).isCloseTo(want, Offset.offset(1e-9));
    // After a sounding key nothing was ever counted: one half for it.
    List<Chorale> held = List.of(new Chorale(List.of(new int[] {39}, new int[] {39})));
    double kept = -Math.log(1 / 2.0) - 87 * Math.log(1 - 1 / 4.0);
    assertThat(baselines.transitions(held)).isCloseTo(kept, Offset.offset(1e-9));
  }

  private ChoraleData read(byte[] content) throws IOException {
    return ChoraleData.read(Files.write(folder.resolve("chorales.json"), content));
  }

  private void refuses(String content, String... parts) {
    refuses(content.getBytes(StandardCharsets.UTF_8), parts);
  }

  private void refuses(byte[] content, String... parts) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts);
  }
}
