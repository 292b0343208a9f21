package org.recur4j.models.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.models.file.FileKind;

/**
 * A strict reader of lists with one entry per line in UTF-8. It skips blank lines, surrounding
 * white space and a byte order mark, and replaces or cuts nothing else. Lines are returned in
 * Unicode Normalization Form C, so that lines that look the same are equal. The line limit bounds
 * the memory of a line.
 */
public final class TextLines {
  /** A composed character has at most three decomposed ones, of at most four bytes of UTF-8. */
  private static final int BYTES_PER_CHARACTER = 12;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String source;
  private final int maximumCharacters;
  private final List<TextLine> lines = new ArrayList<>();
  private int number;

  private TextLines(String source, int maximumCharacters) {
    this.source = source;
    this.maximumCharacters = maximumCharacters;
  }

  /**
   * Reads a file.
   *
   * @param file the file to read
   * @param maximumCharacters the longest line, in Unicode characters
   * @return the lines that are not blank, at least one
   * @throws DataException if the file cannot be read, is empty, is not UTF-8, holds control
   *     characters or a longer line
   */
  public static List<TextLine> read(Path file, int maximumCharacters) {
    FileKind kind = FileKind.of(file);
    if (kind == FileKind.FOLDER) {
      throw new DataException(
          file.toString(),
          "a folder or a device",
          "a text file",
          "Add the file's name to the path.");
    }
    if (kind != FileKind.REGULAR && kind != FileKind.MISSING) {
      throw new DataException(
          file.toString(),
          kind.description(),
          "a text file",
          "Write the lines to a file and pass that file.");
    }
    try (InputStream content = Files.newInputStream(file)) {
      return read(file.toString(), content, maximumCharacters);
    } catch (NoSuchFileException e) {
      throw new DataException(file.toString(), "no such file", "a text file", "Check the path.", e);
    } catch (IOException e) {
      throw new DataException(
          file.toString(),
          e.toString(),
          "a readable file",
          "Check the path and its permissions.",
          e);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param source the name of the stream, for messages
   * @param content the bytes; left open
   * @param maximumCharacters the longest line, in Unicode characters
   * @return the lines that are not blank, at least one
   * @throws IOException if the stream fails
   * @throws DataException if the content is empty, is not UTF-8, holds control characters or a
   *     longer line
   */
  public static List<TextLine> read(String source, InputStream content, int maximumCharacters)
      throws IOException {
    if (maximumCharacters < 1) {
      throw new DataException(
          source,
          "a line limit of " + maximumCharacters + " characters",
          "at least 1",
          "Raise the limit.");
    }
    TextLines reader = new TextLines(source, maximumCharacters);
    reader.readAll(new BufferedInputStream(content));
    if (reader.lines.isEmpty()) {
      throw new DataException(
          source,
          "no entries",
          "one entry per line",
          "Add entries to the file, or choose another file.");
    }
    return List.copyOf(reader.lines);
  }

  private void readAll(InputStream content) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    // Room for a byte order mark and a carriage return beside the longest line.
    long limit = (long) maximumCharacters * BYTES_PER_CHARACTER + BYTES_PER_CHARACTER;
    number = 1;
    for (int next = content.read(); next >= 0; next = content.read()) {
      if (next == '\n') {
        add(line.toByteArray());
        line.reset();
        number++;
      } else {
        line.write(next);
        if (line.size() > limit) {
          throw tooLong("more than " + maximumCharacters + " characters");
        }
      }
    }
    add(line.toByteArray());
  }

  private void add(byte[] bytes) {
    String text = decode(bytes);
    if (number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    text = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    if (text.isEmpty()) {
      return;
    }
    int length = text.codePointCount(0, text.length());
    if (length > maximumCharacters) {
      throw tooLong(length + " characters");
    }
    int control = controlCharacter(text);
    if (control >= 0) {
      throw new DataException(
          place(),
          String.format(Locale.ROOT, "the control character U+%04X", control),
          "readable text",
          "Choose a text file; this looks like a binary file.");
    }
    lines.add(new TextLine(number, text));
  }

  private String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DataException(
          place(), "bytes that are not UTF-8", "text in UTF-8", "Save the file as UTF-8.", e);
    }
  }

  private static int controlCharacter(String text) {
    return text.codePoints()
        .filter(c -> Character.isISOControl(c) && c != '\t')
        .findFirst()
        .orElse(-1);
  }

  private DataException tooLong(String got) {
    return new DataException(
        place(),
        got,
        "at most " + maximumCharacters,
        "Shorten or remove the line; each line is one entry.");
  }

  private String place() {
    return source + ", line " + number;
  }
}
