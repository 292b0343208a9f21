package org.recur4j.models.safetensors;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes the JSON header. Equal content always yields equal bytes. */
final class HeaderWriter {
  private static final int ALIGNMENT = 8;

  private HeaderWriter() {}

  /**
   * Returns compact JSON: the metadata, sorted by key, then the tensors in the given order, padded
   * with spaces to a multiple of 8.
   */
  static byte[] write(SafeTensorsHeader header) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.setFormattingStyle(FormattingStyle.COMPACT);
      json.beginObject();
      if (!header.metadata().isEmpty()) {
        json.name(SafeTensorsHeader.METADATA_KEY).beginObject();
        for (Map.Entry<String, String> entry : new TreeMap<>(header.metadata()).entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      for (TensorEntry entry : header.entries()) {
        write(json, entry);
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing into memory cannot fail.", e);
    }
    return padded(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void write(JsonWriter json, TensorEntry entry) throws IOException {
    json.name(entry.name()).beginObject();
    json.name("dtype").value(entry.type().name());
    json.name("shape").beginArray();
    for (long size : entry.shape()) {
      json.value(size);
    }
    json.endArray();
    json.name("data_offsets").beginArray().value(entry.begin()).value(entry.end()).endArray();
    json.endObject();
  }

  private static byte[] padded(byte[] text) {
    int length = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] padded = Arrays.copyOf(text, length);
    Arrays.fill(padded, text.length, length, (byte) ' ');
    return padded;
  }
}
