package org.recur4j.models.safetensors;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.internal.json.Excerpt;
import org.recur4j.models.internal.json.JsonNumber;

/** Parses and validates the JSON header of a safetensors file. */
final class HeaderParser {
  /** The maximum number of axes; bounds the length of messages about malformed headers. */
  private static final int MOST_AXES = 64;

  private static final String DAMAGED =
      "The file is damaged or was not written by a safetensors writer; use a fresh copy.";

  private final Path file;
  private final long dataBytes;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<TensorEntry> entries = new ArrayList<>();

  private HeaderParser(Path file, long dataBytes) {
    this.file = file;
    this.dataBytes = dataBytes;
  }

  /**
   * Parses and validates a header.
   *
   * @param file file, for messages
   * @param header bytes of the header
   * @param dataBytes number of bytes that follow the header in the file
   */
  static SafeTensorsHeader parse(Path file, byte[] header, long dataBytes) {
    HeaderParser parser = new HeaderParser(file, dataBytes);
    parser.readTopLevel(parser.decode(header));
    parser.checkCoverage();
    return new SafeTensorsHeader(parser.metadata, parser.entries);
  }

  private String decode(byte[] header) {
    if (header.length == 0 || header[0] != '{') {
      String got =
          header.length == 0
              ? "an empty header"
              : String.format(Locale.ROOT, "a header that starts with byte 0x%02x", header[0]);
      throw refuse(
          got,
          "a JSON object, which starts with '{'",
          "This is not a safetensors file, or it is damaged; check the path.");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw ModelFileException.unreadable(
          file, "a header that is not valid UTF-8", "JSON in UTF-8", DAMAGED, e);
    }
  }

  private void readTopLevel(String text) {
    try (JsonReader json = new JsonReader(new StringReader(text))) {
      json.setStrictness(Strictness.STRICT);
      Set<String> seen = new HashSet<>();
      json.beginObject();
      while (json.hasNext()) {
        String name = key(json, seen, "the header");
        if (name.equals(SafeTensorsHeader.METADATA_KEY)) {
          readMetadata(json);
        } else {
          readEntry(json, name);
        }
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw refuse("more text after the header's JSON object", "spaces only", DAMAGED);
      }
    } catch (IOException | IllegalStateException e) {
      throw ModelFileException.unreadable(
          file,
          "a header that is not valid JSON (" + firstLine(e) + ")",
          "strict JSON (RFC 8259)",
          DAMAGED,
          e);
    }
  }

  private void readMetadata(JsonReader json) throws IOException {
    expect(json, JsonToken.BEGIN_OBJECT, SafeTensorsHeader.METADATA_KEY, "an object of strings");
    Set<String> seen = new HashSet<>();
    json.beginObject();
    while (json.hasNext()) {
      String key = key(json, seen, SafeTensorsHeader.METADATA_KEY);
      expect(
          json,
          JsonToken.STRING,
          SafeTensorsHeader.METADATA_KEY + " key '" + Excerpt.of(key) + "'",
          "a string");
      metadata.put(key, wellFormed(json.nextString()));
    }
    json.endObject();
  }

  private void readEntry(JsonReader json, String name) throws IOException {
    String where = "tensor '" + Excerpt.of(name) + "'";
    expect(json, JsonToken.BEGIN_OBJECT, where, "an object with dtype, shape and data_offsets");
    StoredType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    Set<String> seen = new HashSet<>();
    json.beginObject();
    while (json.hasNext()) {
      String field = key(json, seen, where);
      switch (field) {
        case "dtype" -> type = type(json, where);
        case "shape" -> shape = numbers(json, where + " shape");
        case "data_offsets" -> offsets = numbers(json, where + " data_offsets");
        default ->
            throw refuse(
                "the unknown field '" + Excerpt.of(field) + "' in " + where,
                "dtype, shape and data_offsets only",
                DAMAGED);
      }
    }
    json.endObject();
    if (type == null || shape == null || offsets == null) {
      throw refuse(where + " with the fields " + seen, "dtype, shape and data_offsets", DAMAGED);
    }
    if (offsets.size() != 2) {
      throw refuse(offsets.size() + " data_offsets in " + where, "two: begin and end", DAMAGED);
    }
    add(name, type, shape, offsets.get(0), offsets.get(1));
  }

  private void add(String name, StoredType type, List<Long> shape, long begin, long end) {
    if (end > dataBytes) {
      throw refuse(
          "tensor '" + Excerpt.of(name) + "' up to byte " + end + " of the data section",
          "at most " + dataBytes + ", the size of the data section",
          "The file is truncated or damaged; use a fresh copy.");
    }
    long bytes = byteCount(name, type, shape);
    if (end < begin || end - begin != bytes) {
      throw refuse(
          "the bytes ["
              + begin
              + ", "
              + end
              + ") for tensor '"
              + Excerpt.of(name)
              + "' of type "
              + type
              + " and shape "
              + shape,
          "a range of " + bytes + " bytes",
          DAMAGED);
    }
    entries.add(new TensorEntry(name, type, shape, begin, end));
  }

  private long byteCount(String name, StoredType type, List<Long> shape) {
    try {
      return TensorEntry.byteCount(type, shape);
    } catch (ArithmeticException e) {
      throw ModelFileException.unreadable(
          file,
          "tensor '"
              + Excerpt.of(name)
              + "' of type "
              + type
              + " and shape "
              + shape
              + " ("
              + e.getMessage()
              + ")",
          "a size in whole bytes that fits in 63 bits",
          DAMAGED,
          e);
    }
  }

  private StoredType type(JsonReader json, String where) throws IOException {
    expect(json, JsonToken.STRING, where + " dtype", "a string");
    String name = json.nextString();
    return StoredType.named(name)
        .orElseThrow(
            () ->
                refuse(
                    "the unknown dtype '" + Excerpt.of(name) + "' in " + where,
                    "one of " + Arrays.toString(StoredType.values()),
                    "Write the tensor in one of these types, or read the file with a newer version."));
  }

  private List<Long> numbers(JsonReader json, String where) throws IOException {
    expect(json, JsonToken.BEGIN_ARRAY, where, "an array of whole numbers");
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      expect(json, JsonToken.NUMBER, where, "an array of whole numbers");
      // Read as text, because nextLong also accepts 1.0, 1e3 and the like.
      numbers.add(wholeNumber(json.nextString(), where));
      if (numbers.size() > MOST_AXES) {
        throw refuse("more than " + MOST_AXES + " numbers for " + where, "fewer", DAMAGED);
      }
    }
    json.endArray();
    return numbers;
  }

  private long wholeNumber(String text, String where) {
    try {
      return new JsonNumber(text).whole(where, 0, Long.MAX_VALUE);
    } catch (RecurException e) {
      throw ModelFileException.unreadable(
          file,
          Excerpt.of(text) + " in " + where,
          "whole numbers from 0 to " + Long.MAX_VALUE,
          DAMAGED,
          e);
    }
  }

  private String key(JsonReader json, Set<String> seen, String where) throws IOException {
    String name = wellFormed(json.nextName());
    if (!seen.add(name)) {
      throw refuse("the key '" + Excerpt.of(name) + "' twice in " + where, "unique keys", DAMAGED);
    }
    return name;
  }

  private String wellFormed(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw refuse(
          "an unpaired surrogate in a string of the header", "valid Unicode text", DAMAGED);
    }
    return text;
  }

  private void expect(JsonReader json, JsonToken wanted, String where, String expected)
      throws IOException {
    JsonToken token = json.peek();
    if (token != wanted) {
      throw refuse(token + " for " + where, expected, DAMAGED);
    }
  }

  /**
   * Verifies that the tensors, sorted by position, cover the data section without gaps or overlaps,
   * as the format requires.
   */
  private void checkCoverage() {
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long next = 0;
    for (TensorEntry entry : entries) {
      if (entry.begin() != next) {
        String what = entry.begin() > next ? "a gap before" : "an overlap with the tensor before";
        throw refuse(
            what + " tensor '" + entry.name() + "', which begins at byte " + entry.begin(),
            "a tensor that begins at byte " + next,
            DAMAGED);
      }
      next = entry.end();
    }
    if (next != dataBytes) {
      throw refuse(
          (dataBytes - next) + " bytes after the last tensor",
          "a data section of exactly " + next + " bytes",
          "Data was appended, or the header is damaged; use a fresh copy.");
    }
  }

  private ModelFileException refuse(String got, String expected, String remedy) {
    return ModelFileException.unreadable(file, got, expected, remedy);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no detail");
  }
}
