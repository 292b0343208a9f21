package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.StoredTensor;

class InspectCommandTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("small.safetensors");
    SafeTensors.write(
        file,
        List.of(
            StoredTensor.of("head.weight", new float[6], 2, 3),
            StoredTensor.of("head.bias", new float[2], 2)),
        Map.of("architecture", "{\"layers\":[\"dense\"]}", "note", "by hand"),
        Checksum.SHA256);
  }

  @Test
  void showsTensorsMetadataAndChecksums() {
    Run run = Run.of("inspect", file.toString()).succeeds();
    assertThat(run.out().lines())
        .contains(
            "TENSOR       TYPE  SHAPE   BYTES",
            "head.weight  F32   [2, 3]  24",
            "head.bias    F32   [2]     8",
            "2 tensors, 8 values, 32 bytes; checksums: verified",
            "note: by hand")
        .contains("  \"layers\": [");
  }

  @Test
  void saysWhenThereAreNoChecksums() {
    SafeTensors.write(file, List.of(), Map.of(), Checksum.NONE);
    assertThat(Run.of("inspect", file.toString()).succeeds().out())
        .contains("0 tensors, 0 values, 0 bytes; checksums: none");
  }

  @Test
  void printsJson() {
    JsonObject document =
        JsonParser.parseString(Run.of("inspect", "--json", file.toString()).succeeds().out())
            .getAsJsonObject();
    assertThat(document.get("checksum").getAsString()).isEqualTo("verified");
    assertThat(document.get("values").getAsLong()).isEqualTo(8);
    assertThat(document.getAsJsonArray("tensors"))
        .hasToString(
            "[{\"name\":\"head.bias\",\"type\":\"F32\",\"shape\":[2],\"bytes\":8},"
                + "{\"name\":\"head.weight\",\"type\":\"F32\",\"shape\":[2,3],\"bytes\":24}]");
    assertThat(document.getAsJsonObject("metadata").getAsJsonObject("architecture").get("layers"))
        .hasToString("[\"dense\"]");
  }

  @Test
  void refusesAMissingFile() {
    Path missing = folder.resolve("none.safetensors");
    Run.of("inspect", missing.toString())
        .refuses(ExitCode.BAD_INPUT, "Cannot read model file " + missing);
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Files.write(file, new byte[0]);
    Run.of("inspect", file.toString())
        .refuses(ExitCode.BAD_INPUT, "Cannot read model file " + file, "got ", "expected ");
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      Run.of("inspect", file.toString())
          .refuses(ExitCode.BAD_INPUT, "Cannot read model file " + file);
    }
  }

  @Test
  void refusesFlippedBitsAllOverTheData() throws IOException {
    refusesFlippedBitsOfTheData(9);
  }

  @Tag("thorough")
  @Test
  void refusesEveryFlippedBitOfTheData() throws IOException {
    refusesFlippedBitsOfTheData(1);
  }

  private void refusesFlippedBitsOfTheData(int stride) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int bit = (whole.length - 32) * 8; bit < whole.length * 8; bit += stride) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      Run.of("inspect", file.toString())
          .refuses(ExitCode.BAD_INPUT, "data section with SHA-256", "as stated in its metadata");
    }
  }

  @Test
  void refusesAFlippedBitInPlacesOfTheHeader() throws IOException {
    refusesFlippedBitsOfTheHeader(13);
  }

  @Tag("thorough")
  @Test
  void refusesAFlippedBitAnywhereInTheHeader() throws IOException {
    refusesFlippedBitsOfTheHeader(1);
  }

  private void refusesFlippedBitsOfTheHeader(int stride) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length - 32; at += stride) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      Run.of("inspect", file.toString())
          .refuses(ExitCode.BAD_INPUT, "Cannot read model file " + file);
    }
  }
}
