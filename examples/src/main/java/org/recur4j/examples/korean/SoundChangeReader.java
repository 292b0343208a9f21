package org.recur4j.examples.korean;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.TextLine;
import org.recur4j.models.data.TextLines;

/** Reads lines of the form {@code written<TAB>spoken}. */
public final class SoundChangeReader {
  private static final int LONGEST_LINE = 200;

  private SoundChangeReader() {}

  /**
   * Real words.
   *
   * @return 8,243, all different
   */
  public static List<SpokenWord> words() {
    return resource("words.tsv.gz");
  }

  /**
   * Pairs of words written together, made by a program.
   *
   * @return 20,000
   */
  public static List<SpokenWord> compounds() {
    return resource("compounds.tsv.gz");
  }

  /**
   * Reads a list.
   *
   * @param source its name, for messages
   * @param content unpacked; left open
   * @return its words, at least one
   * @throws IOException if the stream fails
   * @throws DataException if a line is not of the form, or its halves differ in length
   */
  public static List<SpokenWord> read(String source, InputStream content) throws IOException {
    List<SpokenWord> words = new ArrayList<>();
    for (TextLine line : TextLines.read(source, content, LONGEST_LINE)) {
      String[] halves = line.text().split("\t", -1);
      String place = source + ", line " + line.number();
      if (halves.length != 2 || halves[0].length() != halves[1].length()) {
        throw new DataException(
            place,
            "'" + line.text() + "'",
            "a word as written, a tab, and the same number of syllables as spoken",
            "Correct the line.");
      }
      if (Jamo.encode(halves[0], place).length != Jamo.encode(halves[1], place).length) {
        throw new DataException(
            place,
            "'" + line.text() + "'",
            "a blank where the other half has one",
            "Correct the line.");
      }
      words.add(new SpokenWord(halves[0], halves[1]));
    }
    return List.copyOf(words);
  }

  private static List<SpokenWord> resource(String name) {
    try (InputStream packed = SoundChangeReader.class.getResourceAsStream(name)) {
      if (packed == null) {
        throw new FileNotFoundException(
            "The list " + name + " is missing from the examples' jar: build it again.");
      }
      return read(name, new GZIPInputStream(packed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
