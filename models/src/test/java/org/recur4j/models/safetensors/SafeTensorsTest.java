package org.recur4j.models.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.models.file.ModelFileException;

class SafeTensorsTest {
  @TempDir Path folder;

  @Test
  void theBytesAreTheFormats() throws IOException {
    Path file = folder.resolve("f");
    SafeTensors.write(
        file,
        List.of(
            StoredTensor.of("b", new int[] {1, -2}, 2),
            StoredTensor.of("a", new float[] {1.5f}),
            StoredTensor.of("z", new double[] {-1}, 1, 1)),
        Map.of("k", "v", "architecture", "{\"x\":1}"),
        Checksum.NONE);
    String header =
        "{\"__metadata__\":{\"architecture\":\"{\\\"x\\\":1}\",\"k\":\"v\"},"
            + "\"z\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]},"
            + "\"b\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[12,20]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    ByteBuffer expected =
        ByteBuffer.allocate(8 + padded.length() + 20).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded.length()).put(padded.getBytes(StandardCharsets.UTF_8));
    expected.putDouble(-1).putFloat(1.5f).putInt(1).putInt(-2);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
  }

  @Test
  void everyTypeComesBack() {
    Path file = folder.resolve("f");
    List<StoredTensor> tensors = new ArrayList<>();
    tensors.add(StoredTensor.of("f32", new float[] {1, Float.NaN, -0f, Float.MIN_VALUE}, 2, 2));
    tensors.add(StoredTensor.of("f64", new double[] {Math.PI}, 1));
    tensors.add(StoredTensor.of("i32", new int[] {Integer.MIN_VALUE}));
    tensors.add(StoredTensor.of("i64", new long[] {Long.MIN_VALUE, 7}, 2));
    tensors.add(StoredTensor.of("empty", new float[0], 3, 0));
    tensors.add(StoredTensor.ofBytes("i16", StoredType.I16, hex("feff0700"), 2));
    tensors.add(StoredTensor.ofBytes("u16", StoredType.U16, hex("feff"), 1));
    tensors.add(StoredTensor.ofBytes("i8", StoredType.I8, hex("ff"), 1));
    tensors.add(StoredTensor.ofBytes("u8", StoredType.U8, hex("ff"), 1));
    tensors.add(StoredTensor.ofBytes("bool", StoredType.BOOL, hex("0100"), 2));
    tensors.add(StoredTensor.ofBytes("u32", StoredType.U32, hex("ffffffff"), 1));
    tensors.add(
        StoredTensor.ofBytes("f16", StoredType.F16, hex("003c00c0ff7b0100007c0080ff03"), 7));
    tensors.add(StoredTensor.ofBytes("bf16", StoredType.BF16, hex("803f40c0807f"), 3));
    tensors.add(StoredTensor.ofBytes("f4", StoredType.F4, hex("1234"), 4));
    SafeTensors.write(
        file, tensors, Map.of("naïve", "日本 \uD83D\uDE00 \u2028 \" \\ \n"), Checksum.SHA256);
    try (SafeTensorsFile opened = SafeTensors.open(file)) {
      assertThat(opened.header().metadata())
          .containsEntry("naïve", "日本 \uD83D\uDE00 \u2028 \" \\ \n")
          .hasSize(3);
      assertThat(opened.floats("f32")).containsExactly(1, Float.NaN, -0f, Float.MIN_VALUE);
      assertThat(opened.entry("f32").shape()).containsExactly(2L, 2L);
      assertThat(opened.doubles("f64")).containsExactly(Math.PI);
      assertThat(opened.doubles("f32")).containsExactly(1, Double.NaN, -0.0, Float.MIN_VALUE);
      assertThat(opened.ints("i32")).containsExactly(Integer.MIN_VALUE);
      assertThat(opened.entry("i32").shape()).isEmpty();
      assertThat(opened.longs("i64")).containsExactly(Long.MIN_VALUE, 7);
      assertThat(opened.longs("i32")).containsExactly(Integer.MIN_VALUE);
      assertThat(opened.floats("empty")).isEmpty();
      assertThat(opened.entry("empty").shape()).containsExactly(3L, 0L);
      assertThat(opened.ints("i16")).containsExactly(-2, 7);
      assertThat(opened.ints("u16")).containsExactly(65534);
      assertThat(opened.ints("i8")).containsExactly(-1);
      assertThat(opened.ints("u8")).containsExactly(255);
      assertThat(opened.ints("bool")).containsExactly(1, 0);
      assertThat(opened.longs("u32")).containsExactly(4294967295L);
      // binary16: one, minus two, the largest, the smallest subnormal, infinity, minus zero, the
      // largest subnormal.
      assertThat(opened.floats("f16"))
          .containsExactly(1, -2, 65504, 0x1p-24f, Float.POSITIVE_INFINITY, -0f, 1023 * 0x1p-24f);
      assertThat(opened.floats("bf16")).containsExactly(1, -3, Float.POSITIVE_INFINITY);
      assertThat(opened.bytes("f4")).containsExactly(0x12, 0x34);
    }
  }

  @Test
  void largeTensorsCrossChunks() {
    Path file = folder.resolve("f");
    float[] values = new float[100_003];
    long[] longs = new long[20_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.5f;
    }
    for (int i = 0; i < longs.length; i++) {
      longs[i] = i * -3L;
    }
    SafeTensors.write(
        file,
        List.of(StoredTensor.of("v", values, 100_003), StoredTensor.of("l", longs, 3, 6667)),
        Map.of(),
        Checksum.SHA256);
    try (SafeTensorsFile opened = SafeTensors.open(file)) {
      assertThat(opened.floats("v")).isEqualTo(values);
      assertThat(opened.longs("l")).isEqualTo(longs);
    }
  }

  @Test
  void theSameContentGivesTheSameBytesInAnyOrder() throws IOException {
    List<StoredTensor> tensors = new ArrayList<>();
    for (String name : List.of("b", "a", "ä", "A", "layer.weight_ih_l0")) {
      tensors.add(StoredTensor.of(name, new float[] {name.length()}, 1));
      tensors.add(StoredTensor.of(name + "64", new double[] {name.length()}, 1));
    }
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    SafeTensors.write(first, tensors, Map.of("a", "1", "b", "2"), Checksum.SHA256);
    Collections.reverse(tensors);
    SafeTensors.write(second, tensors, Map.of("b", "2", "a", "1"), Checksum.SHA256);
    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
  }

  @Test
  void checksumsOfAnEarlierFileAreReplaced() {
    Path file = folder.resolve("f");
    SafeTensors.write(
        file, List.of(StoredTensor.of("a", new float[] {1}, 1)), Map.of("k", "v"), Checksum.SHA256);
    Map<String, String> metadata;
    try (SafeTensorsFile opened = SafeTensors.open(file)) {
      metadata = opened.header().metadata();
    }
    SafeTensors.write(
        file, List.of(StoredTensor.of("a", new float[] {2}, 1)), metadata, Checksum.SHA256);
    try (SafeTensorsFile opened = SafeTensors.open(file)) {
      assertThat(opened.floats("a")).containsExactly(2);
      assertThat(opened.header().metadata())
          .containsOnlyKeys("k", "recur4j.data_sha256", "recur4j.header_sha256");
    }
    SafeTensors.write(
        file, List.of(StoredTensor.of("a", new float[] {3}, 1)), metadata, Checksum.NONE);
    try (SafeTensorsFile opened = SafeTensors.open(file)) {
      assertThat(opened.header().metadata()).containsOnlyKeys("k");
    }
  }

  @Test
  void filesOfOtherWritersAreRead() {
    // Any order of keys and entries, white space, no alignment, tensors listed against the order of
    // their bytes.
    String header =
        "{ \"b\" : {\"shape\":[2],\"data_offsets\":[1,5],\"dtype\":\"I16\"},\n"
            + " \"none\":{\"data_offsets\":[1,1],\"shape\":[0],\"dtype\":\"F32\"}, \"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]} }\n ";
    Path file =
        RawFile.write(
            folder.resolve("f"), header.getBytes(StandardCharsets.UTF_8), hex("0501000200"));
    try (SafeTensorsFile opened = SafeTensors.open(file)) {
      assertThat(opened.header().entries())
          .extracting(TensorEntry::name)
          .containsExactly("a", "none", "b");
      assertThat(opened.ints("a")).containsExactly(5);
      assertThat(opened.ints("b")).containsExactly(1, 2);
      assertThat(opened.header().metadata()).isEmpty();
    }
    Path empty = RawFile.write(folder.resolve("empty"), "{}", 0);
    try (SafeTensorsFile opened = SafeTensors.open(empty)) {
      assertThat(opened.header().entries()).isEmpty();
    }
  }

  @Test
  void tensorsThatCannotBeWritten() {
    Path file = folder.resolve("f");
    assertThatThrownBy(() -> StoredTensor.of("a", new float[3], 2, 2))
        .hasMessageContaining("Tensor 'a': got 3 values, expected 4 for shape [2, 2]");
    assertThatThrownBy(() -> StoredTensor.ofBytes("a", StoredType.F16, new byte[3], 2))
        .hasMessageContaining("got 3 bytes, expected 4");
    assertThatThrownBy(() -> StoredTensor.of("a", new float[3], 1L << 62, 4))
        .hasMessageContaining("fewer than 2^63 elements");
    assertThatThrownBy(() -> StoredTensor.of("a", new float[3], -3))
        .hasMessageContaining("negative size -3");
    StoredTensor a = StoredTensor.of("a", new float[1], 1);
    assertUnwritable(file, List.of(a, a), Map.of(), "two tensors named 'a'");
    assertUnwritable(
        file,
        List.of(StoredTensor.of("__metadata__", new float[1], 1)),
        Map.of(),
        "reserves this name");
    assertUnwritable(
        file, List.of(StoredTensor.of("\uD800", new float[1], 1)), Map.of(), "surrogate");
    assertUnwritable(file, List.of(a), Map.of("k", "\uDC00"), "surrogate");
    assertUnwritable(
        file,
        List.of(
            new StoredTensor(
                "lazy", StoredType.F32, List.of(2L), (first, chunk) -> chunk.putInt(1))),
        Map.of(),
        "4 missing bytes of tensor 'lazy'");
    assertThat(file).doesNotExist();
  }

  private static void assertUnwritable(
      Path file, List<StoredTensor> tensors, Map<String, String> metadata, String message) {
    assertThatThrownBy(() -> SafeTensors.write(file, tensors, metadata, Checksum.SHA256))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith("Cannot write model file " + file + ": got ")
        .hasMessageContaining(message);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
