package org.recur4j.examples.chorales;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.recur4j.models.data.DataException;
import org.recur4j.models.file.FileKind;

/** Reads one file of chorales, note by note, and says where it is wrong. */
final class ChoraleReader {
  private static final List<String> PARTS = List.of("train", "valid", "test");
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final String ADVICE =
      "Take jsb-chorales-quarter.json of github.com/czhuang/JSB-Chorales-dataset, or the same"
          + " compressed with gzip.";

  private final String source;
  private final JsonReader json;
  private final Map<String, List<Chorale>> parts = new HashMap<>();

  private ChoraleReader(String source, JsonReader json) {
    this.source = source;
    this.json = json;
  }

  static ChoraleData read(Path file) {
    FileKind kind = FileKind.of(file);
    if (kind != FileKind.REGULAR) {
      throw new DataException(
          file.toString(),
          kind == FileKind.FOLDER ? "a folder or a device" : kind.description(),
          "a file of chorales",
          ADVICE);
    }
    try (InputStream content = plain(new BufferedInputStream(Files.newInputStream(file)));
        JsonReader json = new JsonReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
      return new ChoraleReader(file.toString(), json).parts();
    } catch (MalformedJsonException | EOFException | ZipException e) {
      throw new DataException(
          file.toString(), "a damaged or incomplete file", "JSON, complete", ADVICE, e);
    } catch (IOException e) {
      throw new DataException(
          file.toString(), e.toString(), "a readable file", "Check its permissions.", e);
    }
  }

  private static InputStream plain(BufferedInputStream content) throws IOException {
    content.mark(2);
    int magic = content.read() << 8 | content.read();
    content.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(content) : content;
  }

  private ChoraleData parts() throws IOException {
    expect(JsonToken.BEGIN_OBJECT, "an object with the parts " + PARTS);
    json.beginObject();
    while (json.peek() == JsonToken.NAME) {
      String part = json.nextName();
      if (!PARTS.contains(part) || parts.containsKey(part)) {
        throw wrong("the part '" + part + "'", "each of " + PARTS + " once");
      }
      parts.put(part, pieces());
    }
    json.endObject();
    for (String part : PARTS) {
      if (parts.getOrDefault(part, List.of()).isEmpty()) {
        throw new DataException(source, "no pieces in '" + part + "'", "at least one", ADVICE);
      }
    }
    return new ChoraleData(parts.get("train"), parts.get("valid"), parts.get("test"));
  }

  private List<Chorale> pieces() throws IOException {
    List<Chorale> pieces = new ArrayList<>();
    expect(JsonToken.BEGIN_ARRAY, "a list of pieces");
    json.beginArray();
    while (json.hasNext()) {
      String place = source + ", " + json.getPath();
      List<int[]> steps = new ArrayList<>();
      expect(JsonToken.BEGIN_ARRAY, "a piece, a list of steps");
      json.beginArray();
      while (json.hasNext()) {
        steps.add(keys());
      }
      json.endArray();
      pieces.add(new Chorale(steps).checked(place));
    }
    json.endArray();
    return pieces;
  }

  private int[] keys() throws IOException {
    IntStream.Builder keys = IntStream.builder();
    expect(JsonToken.BEGIN_ARRAY, "a step, a list of notes");
    json.beginArray();
    while (json.hasNext()) {
      expect(JsonToken.NUMBER, "a MIDI note");
      // Read as text: the number itself belongs into the message, whatever it is.
      String text = json.nextString();
      int key = note(text) - Chorale.LOWEST_NOTE;
      if (key < 0 || key >= Chorale.NOTES) {
        throw wrong(
            "note " + text,
            "a MIDI note from " + Chorale.LOWEST_NOTE + " to " + Chorale.HIGHEST_NOTE);
      }
      keys.add(key);
    }
    json.endArray();
    return keys.build().toArray();
  }

  private static int note(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void expect(JsonToken token, String expected) throws IOException {
    if (json.peek() != token) {
      throw wrong(json.peek().toString(), expected);
    }
  }

  private DataException wrong(String got, String expected) {
    return new DataException(source + ", " + json.getPath(), got, expected, ADVICE);
  }
}
