package org.recur4j.models.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.recur4j.models.file.ModelFileException;

/** Whatever happens to a file, it is refused as such, or what it holds is unchanged. */
class SafeTensorsDamageTest {
  private static final float[] WEIGHTS = {1, -2, 3.5f, 0, 1e-30f, 7};
  private static final Map<String, String> SETTINGS =
      Map.of("architecture", "{\"dropout\":0.3}", "labels", "female,male");

  private static Path folder;
  private static byte[] plain;
  private static byte[] checked;

  @BeforeContainer
  static void write() throws IOException {
    folder = Files.createTempDirectory("damage");
    List<StoredTensor> tensors =
        List.of(
            StoredTensor.of("lstm.weight_ih_l0", WEIGHTS, 2, 3),
            StoredTensor.of("count", new long[] {9}));
    Path file = folder.resolve("sound");
    SafeTensors.write(file, tensors, SETTINGS, Checksum.NONE);
    plain = Files.readAllBytes(file);
    SafeTensors.write(file, tensors, SETTINGS, Checksum.SHA256);
    checked = Files.readAllBytes(file);
    Files.delete(file);
  }

  @AfterContainer
  static void remove() throws IOException {
    Files.deleteIfExists(folder.resolve("damaged"));
    Files.delete(folder);
  }

  /** Every bit, so nothing is left to chance. */
  @Property(tries = 1)
  void everyFlippedBitOfAFileWithChecksumsIsRefused() {
    for (int bit = 0; bit < checked.length * 8; bit++) {
      byte[] damaged = flip(checked, bit);
      assertThatThrownBy(() -> open(damaged).close())
          .as("bit %d", bit)
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Property(tries = 1)
  void anyFlippedBitOfAPlainFileGivesAFileOrARefusalNeverAnythingElse() {
    int dataStart = 8 + (plain[0] & 0xff) + ((plain[1] & 0xff) << 8);
    for (int bit = 0; bit < plain.length * 8; bit++) {
      boolean inData = bit / 8 >= dataStart;
      try (SafeTensorsFile opened = open(flip(plain, bit))) {
        for (TensorEntry entry : opened.header().entries()) {
          assertThat(opened.bytes(entry.name())).hasSize((int) entry.byteCount());
        }
      } catch (ModelFileException e) {
        assertThat(inData)
            .as("bit %d lies in the data: any number is a well-formed number", bit)
            .isFalse();
      }
    }
  }

  @Property(tries = 1)
  void anyTruncationIsRefused() {
    for (byte[] sound : List.of(plain, checked)) {
      for (int length = 0; length < sound.length; length++) {
        byte[] cut = Arrays.copyOf(sound, length);
        assertThatThrownBy(() -> open(cut).close()).isInstanceOf(ModelFileException.class);
      }
    }
  }

  @Property(seed = "1")
  void severalDamagedBytesAreRefusedOrHarmless(
      @ForAll @IntRange(max = 2000) int first,
      @ForAll @IntRange(max = 2000) int second,
      @ForAll byte value) {
    byte[] damaged = checked.clone();
    damaged[first % damaged.length] = value;
    damaged[second % damaged.length] ^= (byte) 0x5a;
    boolean changed = !Arrays.equals(damaged, checked);
    try (SafeTensorsFile opened = open(damaged)) {
      assertUnchanged(opened, first);
    } catch (ModelFileException e) {
      assertThat(changed).isTrue();
    }
  }

  @Property(seed = "2")
  void randomBytesAreRefused(@ForAll byte[] content, @ForAll boolean withHeaderLength) {
    byte[] file = withHeaderLength ? prefixed(content) : content;
    assertThatThrownBy(() -> open(file).close()).isInstanceOf(ModelFileException.class);
  }

  @Property(seed = "3")
  void randomTextAsHeaderIsRefused(@ForAll String text) {
    byte[] file = prefixed(("{" + text).getBytes(StandardCharsets.UTF_8));
    if (!text.strip().equals("}")) {
      assertThatThrownBy(() -> open(file).close()).isInstanceOf(ModelFileException.class);
    }
  }

  private static void assertUnchanged(SafeTensorsFile opened, int place) {
    assertThat(opened.floats("lstm.weight_ih_l0"))
        .as("after a flip at %d", place)
        .isEqualTo(WEIGHTS);
    assertThat(opened.longs("count")).containsExactly(9);
    assertThat(opened.header().entries()).hasSize(2);
    Map<String, String> metadata = new LinkedHashMap<>(opened.header().metadata());
    metadata.keySet().retainAll(SETTINGS.keySet());
    assertThat(metadata).isEqualTo(SETTINGS);
  }

  private static SafeTensorsFile open(byte[] content) {
    return SafeTensors.open(RawFile.write(folder.resolve("damaged"), content));
  }

  private static byte[] flip(byte[] sound, int bit) {
    byte[] damaged = sound.clone();
    damaged[bit / 8] ^= (byte) (1 << bit % 8);
    return damaged;
  }

  private static byte[] prefixed(byte[] header) {
    byte[] file = new byte[8 + header.length];
    file[0] = (byte) header.length;
    file[1] = (byte) (header.length >>> 8);
    System.arraycopy(header, 0, file, 8, header.length);
    return file;
  }
}
