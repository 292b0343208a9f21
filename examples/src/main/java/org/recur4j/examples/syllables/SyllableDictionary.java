package org.recur4j.examples.syllables;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.TextLine;
import org.recur4j.models.data.TextLines;

/**
 * Reads the CMU dictionary 0.4 as Festival keeps it: a line {@code MNCL}, then {@code ("word" pos
 * (((phonemes) stress) …))}. A word that is listed twice with the same sounds, as noun and verb for
 * instance, is kept once.
 */
public final class SyllableDictionary {
  private static final String RESOURCE = "cmudict-0.4.out.gz";
  private static final String HEADING = "MNCL";
  private static final int LONGEST_LINE = 1_000;
  private static final Pattern LINE = Pattern.compile("\\(\"(.+)\" \\S+ \\((\\(.*\\))\\)\\)");
  private static final Pattern SYLLABLE = Pattern.compile("\\(\\(([a-z]+(?: [a-z]+)*)\\) \\d\\) ?");

  private SyllableDictionary() {}

  /**
   * The dictionary that comes with the examples.
   *
   * @return the words in its order
   */
  public static List<SyllableWord> load() {
    try (InputStream packed = SyllableDictionary.class.getResourceAsStream(RESOURCE)) {
      if (packed == null) {
        throw new FileNotFoundException(
            "The dictionary " + RESOURCE + " is missing from the examples' jar: build it again.");
      }
      return read(RESOURCE, new GZIPInputStream(packed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a dictionary.
   *
   * @param source its name, for messages
   * @param content unpacked; left open
   * @return its words, at least one
   * @throws IOException if the stream fails
   * @throws DataException if a line is not of the form
   */
  public static List<SyllableWord> read(String source, InputStream content) throws IOException {
    List<TextLine> lines = TextLines.read(source, content, LONGEST_LINE);
    if (!lines.get(0).text().equals(HEADING) || lines.size() < 2) {
      throw new DataException(
          source,
          lines.size() + " lines, the first one '" + shortened(lines.get(0).text()) + "'",
          "a line " + HEADING + " and a word a line",
          "Give Festival's cmudict-0.4.out.");
    }
    Set<SyllableWord> words = new LinkedHashSet<>();
    for (TextLine line : lines.subList(1, lines.size())) {
      words.add(word(source, line));
    }
    return List.copyOf(words);
  }

  private static SyllableWord word(String source, TextLine line) {
    Matcher whole = LINE.matcher(line.text());
    if (whole.matches()) {
      List<List<String>> syllables = new ArrayList<>();
      Matcher syllable = SYLLABLE.matcher(whole.group(2));
      int end = 0;
      while (syllable.lookingAt()) {
        syllables.add(List.of(syllable.group(1).split(" ", -1)));
        end = syllable.end();
        syllable.region(end, whole.group(2).length());
      }
      if (end == whole.group(2).length()) {
        return new SyllableWord(whole.group(1), syllables);
      }
    }
    throw new DataException(
        source + ", line " + line.number(),
        "'" + shortened(line.text()) + "'",
        "(\"word\" pos (((phonemes) stress) …))",
        "Correct the line.");
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
