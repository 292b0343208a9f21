package org.recur4j.models.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Counts of answers by the class that was right and the class that was given; accuracy, precision,
 * recall and F1 follow from it. Not thread-safe.
 */
public final class ConfusionMatrix {
  private final List<String> classes;
  private final long[][] counts;
  private long total;

  /**
   * An empty matrix.
   *
   * @param classes the names, in the order of their indices; at least one
   * @throws InvalidArgumentException if there is none
   */
  public ConfusionMatrix(List<String> classes) {
    if (classes.isEmpty()) {
      throw new InvalidArgumentException(
          "ConfusionMatrix", "no classes", "at least one", "Give the names of the classes");
    }
    this.classes = List.copyOf(classes);
    this.counts = new long[classes.size()][classes.size()];
  }

  /**
   * Counts one answer.
   *
   * @param expected index of the right class
   * @param predicted index of the class given
   * @throws InvalidArgumentException if there is no such class
   */
  public void add(int expected, int predicted) {
    check("expected", expected);
    check("predicted", predicted);
    counts[expected][predicted]++;
    total++;
  }

  private void check(String what, int index) {
    if (index < 0 || index >= classes.size()) {
      throw new InvalidArgumentException(
          "ConfusionMatrix.add",
          what + " class " + index,
          "an index in [0, " + classes.size() + ")",
          "Make labels and classes agree");
    }
  }

  /**
   * How often a class was given where another was right.
   *
   * @param expected index of the right class
   * @param predicted index of the class given
   * @return the count
   */
  public long count(int expected, int predicted) {
    return counts[expected][predicted];
  }

  /**
   * All answers.
   *
   * @return their number
   */
  public long total() {
    return total;
  }

  /**
   * Share of right answers.
   *
   * @return in [0, 1]; NaN without answers
   */
  public double accuracy() {
    long right = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
    }
    return (double) right / total;
  }

  /**
   * Of the answers that named a class, the share that were right.
   *
   * @param index the class
   * @return in [0, 1]; 0 if it was never named
   */
  public double precision(int index) {
    long named = 0;
    for (long[] row : counts) {
      named += row[index];
    }
    return named == 0 ? 0 : (double) counts[index][index] / named;
  }

  /**
   * Of the cases of a class, the share that were found.
   *
   * @param index the class
   * @return in [0, 1]; 0 if there was no case
   */
  public double recall(int index) {
    long cases = 0;
    for (long count : counts[index]) {
      cases += count;
    }
    return cases == 0 ? 0 : (double) counts[index][index] / cases;
  }

  /**
   * Harmonic mean of precision and recall.
   *
   * @param index the class
   * @return in [0, 1]; 0 if both are 0
   */
  public double f1(int index) {
    double precision = precision(index);
    double recall = recall(index);
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /**
   * Mean of the classes' F1, each class counting alike.
   *
   * @return in [0, 1]
   */
  public double macroF1() {
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += f1(c);
    }
    return sum / counts.length;
  }

  /**
   * Mean of the classes' precision, each class counting alike.
   *
   * @return in [0, 1]
   */
  public double macroPrecision() {
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += precision(c);
    }
    return sum / counts.length;
  }

  /**
   * Mean of the classes' recall, each class counting alike.
   *
   * @return in [0, 1]
   */
  public double macroRecall() {
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += recall(c);
    }
    return sum / counts.length;
  }

  /**
   * F1 over all answers together. With exactly one class an answer every class given wrongly is
   * another one missed, so that precision, recall and F1 over all are {@link #accuracy}.
   *
   * @return in [0, 1]; NaN without answers
   */
  public double microF1() {
    return accuracy();
  }

  /**
   * Precision, recall and F1 as a table: one row a class with the number of its cases, and one for
   * the mean of the classes, each counting alike.
   *
   * @return lines of text, shares with four digits
   */
  public String perClass() {
    int width = 9;
    for (String name : classes) {
      width = Math.max(width, name.length() + 2);
    }
    String row = "%" + width + "s%11s%9s%9s%10s";
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, row, "class", "precision", "recall", "F1", "cases"));
    for (int c = 0; c < counts.length; c++) {
      long cases = Arrays.stream(counts[c]).sum();
      table.append(shares(row, classes.get(c), precision(c), recall(c), f1(c), cases));
    }
    return table
        .append(shares(row, "mean", macroPrecision(), macroRecall(), macroF1(), total))
        .toString();
  }

  private static String shares(
      String row, String name, double precision, double recall, double f1, long cases) {
    String share = "%.4f";
    return System.lineSeparator()
        + String.format(
            Locale.ROOT,
            row,
            name,
            String.format(Locale.ROOT, share, precision),
            String.format(Locale.ROOT, share, recall),
            String.format(Locale.ROOT, share, f1),
            cases);
  }

  /**
   * A table: one row a right class, one column a given class.
   *
   * @return lines of text
   */
  @Override
  public String toString() {
    int width = 9;
    for (String name : classes) {
      width = Math.max(width, name.length() + 2);
    }
    String cell = "%" + width + "s";
    StringBuilder table = new StringBuilder(String.format(Locale.ROOT, cell, "is \\ said"));
    classes.forEach(name -> table.append(String.format(Locale.ROOT, cell, name)));
    for (int row = 0; row < counts.length; row++) {
      table
          .append(System.lineSeparator())
          .append(String.format(Locale.ROOT, cell, classes.get(row)));
      for (long count : counts[row]) {
        table.append(String.format(Locale.ROOT, cell, count));
      }
    }
    return table.toString();
  }
}
