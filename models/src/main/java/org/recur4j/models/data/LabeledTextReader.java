package org.recur4j.models.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads examples from text files, with the checks of {@link TextLines}. */
public final class LabeledTextReader {
  private LabeledTextReader() {}

  /**
   * Reads lines of the form {@code text<TAB>label}.
   *
   * @param file the file, UTF-8
   * @param labels the labels that may occur
   * @param maximumCharacters the longest line, in Unicode characters
   * @return the examples in the file's order, at least one
   * @throws DataException if the file cannot be read, or a line has no text, no label, or an
   *     unknown one
   */
  public static List<LabeledText> readTabbed(Path file, LabelSet labels, int maximumCharacters) {
    List<LabeledText> examples = new ArrayList<>();
    for (TextLine line : TextLines.read(file, maximumCharacters)) {
      String place = file + ", line " + line.number();
      int tab = line.text().lastIndexOf('\t');
      String text = tab < 0 ? "" : line.text().substring(0, tab).strip();
      if (text.isEmpty()) {
        throw new DataException(
            place,
            "'" + line.text() + "'",
            "a text, a tab and a label",
            "Put a tab between text and label.");
      }
      examples.add(
          new LabeledText(text, labels.indexOf(line.text().substring(tab + 1).strip(), place)));
    }
    return List.copyOf(examples);
  }
}
