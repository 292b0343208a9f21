package org.recur4j.examples.names;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.HashSplit;
import org.recur4j.models.data.LabelSet;
import org.recur4j.models.data.LabeledText;
import org.recur4j.models.data.TextLine;
import org.recur4j.models.data.TextLines;

/**
 * First names with the list they come from. Names are lower-cased and each is kept once; a name
 * that is in two lists is dropped, because no classifier could be right about it. The division into
 * parts depends on the names only.
 *
 * @param labels the lists' names
 * @param training what the model learns from
 * @param validation what choices are made on
 * @param test what is looked at once, at the end
 */
public record NameData(
    LabelSet labels,
    List<LabeledText> training,
    List<LabeledText> validation,
    List<LabeledText> test) {
  /** The longest name that is read, in characters. */
  public static final int MAXIMUM_CHARACTERS = 100;

  private static final LabelSet BUNDLED = LabelSet.of("female", "male");
  private static final String LIST_ENDING = ".txt";

  /** Refuses a part without names. */
  public NameData {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    if (training.isEmpty() || validation.isEmpty() || test.isEmpty()) {
      throw new DataException(
          "the names",
          training.size()
              + " for training, "
              + validation.size()
              + " for validation, "
              + test.size()
              + " for test",
          "at least one in each part",
          "Give longer lists: a hundred different names fill every part.");
    }
  }

  /**
   * The lists that come with the examples: common English first names, female and male.
   *
   * @return 8,003 names
   */
  public static NameData load() {
    List<List<TextLine>> lists = new ArrayList<>();
    for (String label : BUNDLED.names()) {
      lists.add(resource(label + LIST_ENDING));
    }
    return of(BUNDLED, lists);
  }

  /**
   * Lists of one's own, one file for each label, one name a line, UTF-8. The label is the file's
   * name without its ending.
   *
   * @param lists at least two files
   * @return the names
   * @throws DataException if a file cannot be used, see {@link TextLines}
   */
  public static NameData read(List<Path> lists) {
    if (lists.size() < 2) {
      throw new DataException(
          "the name lists",
          lists.size() + " files",
          "at least two, one for each label",
          "Name the files, for instance female.txt male.txt.");
    }
    List<String> labels = lists.stream().map(NameData::label).toList();
    List<List<TextLine>> names =
        lists.stream().map(file -> TextLines.read(file, MAXIMUM_CHARACTERS)).toList();
    return of(new LabelSet(labels), names);
  }

  /**
   * The form in which the model sees a name.
   *
   * @param name as a person writes it
   * @return without surrounding white space, in lower case, in Unicode Normalization Form C
   */
  public static String normalize(String name) {
    // Composed first, as two spellings of one name must not be two before they are lower-cased.
    return compose(compose(name.strip()).toLowerCase(Locale.ROOT));
  }

  private static String compose(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static NameData of(LabelSet labels, List<List<TextLine>> lists) {
    List<Set<String>> names = new ArrayList<>();
    Map<String, Integer> occurrences = new HashMap<>();
    for (List<TextLine> list : lists) {
      Set<String> distinct = new LinkedHashSet<>();
      list.forEach(line -> distinct.add(normalize(line.text())));
      distinct.forEach(name -> occurrences.merge(name, 1, Integer::sum));
      names.add(distinct);
    }
    Map<HashSplit.Part, List<LabeledText>> parts = new HashMap<>();
    for (HashSplit.Part part : HashSplit.Part.values()) {
      parts.put(part, new ArrayList<>());
    }
    HashSplit split = HashSplit.tenths();
    for (int label = 0; label < labels.size(); label++) {
      for (String name : names.get(label)) {
        if (occurrences.get(name) == 1) {
          parts.get(split.partOf(name)).add(new LabeledText(name, label));
        }
      }
    }
    return new NameData(
        labels,
        parts.get(HashSplit.Part.TRAINING),
        parts.get(HashSplit.Part.VALIDATION),
        parts.get(HashSplit.Part.TEST));
  }

  private static List<TextLine> resource(String name) {
    try (InputStream content = NameData.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new FileNotFoundException(
            "The list " + name + " is missing from the examples' jar: build it again.");
      }
      return TextLines.read(name, content, MAXIMUM_CHARACTERS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String label(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
