package org.recur4j.models.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.models.file.ModelFileException;

/** Every rule of the format broken once. */
class SafeTensorsRefusalTest {
  private static final String ZEROS = "0".repeat(64);

  @TempDir Path folder;

  static Stream<Arguments> brokenHeaders() {
    String f32 = "\"dtype\":\"F32\",";
    return Stream.of(
        Arguments.of("no brace first", " {}", 0, "starts with byte 0x20"),
        Arguments.of("empty header", "", 0, "an empty header"),
        Arguments.of("not JSON", "{\"a\"=1}", 0, "not valid JSON"),
        Arguments.of("cut JSON", "{\"a\":{", 0, "not valid JSON"),
        Arguments.of("unquoted name", "{a:{}}", 0, "not valid JSON"),
        Arguments.of("comment", "{/* */}", 0, "not valid JSON"),
        Arguments.of("text behind", "{} x", 0, "not valid JSON"),
        Arguments.of("second object behind", "{}{}", 0, "not valid JSON"),
        Arguments.of("zero bytes as padding", "{}\0\0", 0, "not valid JSON"),
        Arguments.of(
            "duplicate tensor",
            "{\"a\":" + entry("F32", "1", "0,4") + ",\"a\":" + entry("F32", "1", "4,8") + "}",
            8,
            "the key 'a' twice in the header"),
        Arguments.of(
            "duplicate tensor, escaped",
            "{\"a\":" + entry("F32", "1", "0,4") + ",\"\\u0061\":" + entry("F32", "1", "4,8") + "}",
            8,
            "the key 'a' twice"),
        Arguments.of(
            "duplicate field",
            "{\"a\":{\"dtype\":\"F32\"," + f32 + "\"shape\":[],\"data_offsets\":[0,4]}}",
            4,
            "the key 'dtype' twice in tensor 'a'"),
        Arguments.of(
            "duplicate metadata key",
            "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}",
            0,
            "the key 'k' twice in __metadata__"),
        Arguments.of(
            "metadata twice",
            "{\"__metadata__\":{},\"__metadata__\":{}}",
            0,
            "the key '__metadata__' twice"),
        Arguments.of(
            "metadata not an object", "{\"__metadata__\":[]}", 0, "BEGIN_ARRAY for __metadata__"),
        Arguments.of(
            "metadata value not a text",
            "{\"__metadata__\":{\"k\":1}}",
            0,
            "NUMBER for __metadata__ key 'k', expected a string"),
        Arguments.of("entry not an object", "{\"a\":3}", 0, "NUMBER for tensor 'a'"),
        Arguments.of(
            "missing field",
            "{\"a\":{" + f32 + "\"shape\":[]}}",
            0,
            "expected dtype, shape and data_offsets"),
        Arguments.of(
            "unknown field",
            "{\"a\":{" + f32 + "\"size\":4}}",
            0,
            "unknown field 'size' in tensor 'a'"),
        Arguments.of(
            "unknown dtype",
            "{\"a\":" + entry("F23", "1", "0,4") + "}",
            4,
            "unknown dtype 'F23' in tensor 'a', expected one of [BOOL"),
        Arguments.of(
            "dtype not a text", "{\"a\":{\"dtype\":32}}", 0, "NUMBER for tensor 'a' dtype"),
        Arguments.of(
            "shape not an array", "{\"a\":{\"shape\":1}}", 0, "NUMBER for tensor 'a' shape"),
        Arguments.of(
            "shape with text",
            "{\"a\":" + entry("F32", "\"1\"", "0,4") + "}",
            4,
            "STRING for tensor 'a' shape"),
        Arguments.of(
            "negative size",
            "{\"a\":" + entry("F32", "-1", "0,4") + "}",
            4,
            "-1 in tensor 'a' shape"),
        Arguments.of(
            "fraction", "{\"a\":" + entry("F32", "1.0", "0,4") + "}", 4, "1.0 in tensor 'a' shape"),
        Arguments.of(
            "exponent", "{\"a\":" + entry("F32", "1e0", "0,4") + "}", 4, "1e0 in tensor 'a' shape"),
        Arguments.of(
            "size beyond 63 bits",
            "{\"a\":" + entry("F32", "9223372036854775808", "0,4") + "}",
            4,
            "9223372036854775808 in tensor 'a' shape"),
        Arguments.of(
            "size of 30 digits",
            "{\"a\":" + entry("F32", "100000000000000000000000000000", "0,4") + "}",
            4,
            "expected whole numbers"),
        Arguments.of(
            "product of sizes overflows",
            "{\"a\":" + entry("F32", "4294967296,4294967296", "0,4") + "}",
            4,
            "fits in 63 bits"),
        Arguments.of(
            "product overflows before a zero",
            "{\"a\":" + entry("F32", "4294967296,4294967296,0", "0,0") + "}",
            0,
            "fits in 63 bits"),
        Arguments.of(
            "bytes overflow",
            "{\"a\":" + entry("F64", "4611686018427387904", "0,4") + "}",
            4,
            "fits in 63 bits"),
        Arguments.of(
            "half a byte",
            "{\"a\":" + entry("F4", "3", "0,2") + "}",
            2,
            "12 bits are not a whole number of bytes"),
        Arguments.of(
            "one offset",
            "{\"a\":" + entry("F32", "1", "0") + "}",
            4,
            "1 data_offsets in tensor 'a', expected two"),
        Arguments.of(
            "three offsets", "{\"a\":" + entry("F32", "1", "0,4,4") + "}", 4, "3 data_offsets"),
        Arguments.of(
            "end before begin",
            "{\"a\":" + entry("F32", "1", "4,0") + "}",
            4,
            "the bytes [4, 0) for tensor 'a'"),
        Arguments.of(
            "range too short",
            "{\"a\":" + entry("F32", "2", "0,4") + "}",
            4,
            "expected a range of 8 bytes"),
        Arguments.of(
            "range too long",
            "{\"a\":" + entry("F32", "1", "0,8") + "}",
            8,
            "expected a range of 4 bytes"),
        Arguments.of(
            "beyond the end",
            "{\"a\":" + entry("F32", "2", "0,8") + "}",
            7,
            "up to byte 8 of the data section, expected at most 7"),
        Arguments.of(
            "huge claim",
            "{\"a\":" + entry("F32", "1000000000000", "0,4000000000000") + "}",
            4,
            "truncated or damaged"),
        Arguments.of(
            "does not start at 0",
            "{\"a\":" + entry("F32", "1", "4,8") + "}",
            8,
            "a gap before tensor 'a', which begins at byte 4, expected a tensor that begins at byte 0"),
        Arguments.of(
            "hole",
            "{\"a\":" + entry("U8", "1", "0,1") + ",\"b\":" + entry("U8", "1", "2,3") + "}",
            3,
            "a gap before tensor 'b'"),
        Arguments.of(
            "overlap",
            "{\"a\":" + entry("U8", "2", "0,2") + ",\"b\":" + entry("U8", "2", "1,3") + "}",
            3,
            "an overlap with the tensor before tensor 'b'"),
        Arguments.of(
            "two in one place",
            "{\"a\":" + entry("U8", "2", "0,2") + ",\"b\":" + entry("U8", "2", "0,2") + "}",
            2,
            "overlap"),
        Arguments.of(
            "bytes behind",
            "{\"a\":" + entry("U8", "2", "0,2") + "}",
            5,
            "3 bytes after the last tensor, expected a data section of exactly 2 bytes"),
        Arguments.of("bytes without a tensor", "{}", 1, "1 bytes after the last tensor"),
        Arguments.of(
            "half a surrogate pair",
            "{\"\\ud800\":" + entry("U8", "2", "0,2") + "}",
            2,
            "an unpaired surrogate"),
        Arguments.of(
            "bad checksum", digests("abc", ZEROS), 0, "expected 64 lowercase hexadecimal digits"),
        Arguments.of("wrong header checksum", digests(ZEROS, ZEROS), 0, "a header with SHA-256"),
        Arguments.of(
            "data checksum alone",
            "{\"__metadata__\":{\"recur4j.data_sha256\":\"" + ZEROS + "\"}}",
            0,
            "only one of the checksums"),
        Arguments.of(
            "header checksum alone",
            "{\"__metadata__\":{\"recur4j.header_sha256\":\"" + ZEROS + "\"}}",
            0,
            "only one of the checksums"));
  }

  private static String digests(String data, String header) {
    return "{\"__metadata__\":{\"recur4j.data_sha256\":\""
        + data
        + "\",\"recur4j.header_sha256\":\""
        + header
        + "\"}}";
  }

  private static String entry(String type, String shape, String offsets) {
    return "{\"dtype\":\""
        + type
        + "\",\"shape\":["
        + shape
        + "],\"data_offsets\":["
        + offsets
        + "]}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenHeaders")
  void brokenHeader(String what, String header, int dataBytes, String message) {
    Path file = RawFile.write(folder.resolve("broken.safetensors"), header, dataBytes);
    assertRefused(file, message);
  }

  @Test
  void dataThatIsNotWhatItsChecksumSays() {
    String header = digests(ZEROS, ZEROS);
    String digest = FileDigest.ofHeader(header.getBytes(StandardCharsets.UTF_8), ZEROS);
    Path file = RawFile.write(folder.resolve("f"), digests(ZEROS, digest), 0);
    // SHA-256 of nothing starts with e3b0c442.
    assertRefused(file, "a data section with SHA-256 e3b0c442");
  }

  @Test
  void headerThatIsNotUtf8() {
    byte[] header = "{\"?\":{}}".getBytes(StandardCharsets.US_ASCII);
    header[2] = (byte) 0xff;
    assertRefused(RawFile.write(folder.resolve("f"), header, new byte[0]), "not valid UTF-8");
  }

  @Test
  void lengthsThatCannotBe() {
    for (int bytes = 0; bytes < 8; bytes++) {
      assertRefused(
          RawFile.write(folder.resolve("f"), new byte[bytes]), "a file of " + bytes + " bytes");
    }
    assertRefused(lengthOnly(1), "a header of 1 bytes in a file of 8");
    assertRefused(lengthOnly(100_000_000), "a header of 100000000 bytes in a file of 8");
    assertRefused(
        lengthOnly(100_000_001), "a header of 100000001 bytes, expected at most 100000000");
    assertRefused(lengthOnly(Long.MAX_VALUE), "a header of 9223372036854775807 bytes");
    assertRefused(lengthOnly(-1), "a header of 18446744073709551615 bytes");
  }

  @Test
  void whatIsNotAFile() {
    assertRefused(folder, "a folder or a device");
    assertRefused(folder.resolve("missing"), "no such file");
  }

  @Test
  void askingForTheWrongThing() throws IOException {
    Path file = folder.resolve("f");
    SafeTensors.write(
        file,
        List.of(
            StoredTensor.of("weights", new float[] {1}, 1),
            StoredTensor.of("counts", new long[] {1}, 1),
            StoredTensor.of("fine", new double[] {1}, 1)),
        Map.of(),
        Checksum.NONE);
    try (SafeTensorsFile opened = SafeTensors.open(file)) {
      assertThatThrownBy(() -> opened.floats("bias"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining(
              "no tensor 'bias', expected one of the file's 3: counts, fine, weights");
      assertThatThrownBy(() -> opened.floats("fine"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("'fine' of type F64, expected F32, F16 or BF16");
      assertThatThrownBy(() -> opened.doubles("counts"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("of type I64");
      assertThatThrownBy(() -> opened.ints("counts"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("expected I32, I16");
      assertThatThrownBy(() -> opened.longs("weights"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("of type F32");
      Files.write(file, new byte[20]);
      assertThatThrownBy(() -> opened.floats("weights"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining(" bytes early");
    }
  }

  private Path lengthOnly(long length) {
    return RawFile.write(
        folder.resolve("f"),
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> SafeTensors.open(file).close())
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith("Cannot read model file " + file + ": got ")
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).contains(", expected ").endsWith("."));
  }
}
