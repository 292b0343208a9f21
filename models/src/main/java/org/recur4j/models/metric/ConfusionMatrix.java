package org.recur4j.models.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A confusion matrix: counts of predictions by expected and predicted class. It gives accuracy,
 * precision, recall and F1. Not thread-safe.
 */
public final class ConfusionMatrix {
  private final List<String> classes;
  private final long[][] counts;
  private long total;

  /**
   * Creates an empty matrix.
   *
   * @param classes the names of the classes, in the order of their indices; at least one
   * @throws InvalidArgumentException if there are no classes
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
   * Adds one prediction.
   *
   * @param expected the index of the expected class
   * @param predicted the index of the predicted class
   * @throws InvalidArgumentException if an index is out of range
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
          "Make the labels fit the classes");
    }
  }

  /**
   * Returns how often a class was predicted for an expected class.
   *
   * @param expected the index of the expected class
   * @param predicted the index of the predicted class
   * @return the count
   */
  public long count(int expected, int predicted) {
    return counts[expected][predicted];
  }

  /**
   * Returns the number of predictions.
   *
   * @return the number of predictions
   */
  public long total() {
    return total;
  }

  /**
   * Returns the accuracy, the fraction of correct predictions.
   *
   * @return in [0, 1]; NaN without predictions
   */
  public double accuracy() {
    long right = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
    }
    return (double) right / total;
  }

  /**
   * Returns the precision of a class, the fraction of its predictions that are correct.
   *
   * @param index the index of the class
   * @return the precision in [0, 1]; 0 if the class was never predicted
   */
  public double precision(int index) {
    long named = 0;
    for (long[] row : counts) {
      named += row[index];
    }
    return named == 0 ? 0 : (double) counts[index][index] / named;
  }

  /**
   * Returns the recall of a class, the fraction of its cases that were predicted.
   *
   * @param index the index of the class
   * @return the recall in [0, 1]; 0 if the class has no cases
   */
  public double recall(int index) {
    long cases = 0;
    for (long count : counts[index]) {
      cases += count;
    }
    return cases == 0 ? 0 : (double) counts[index][index] / cases;
  }

  /**
   * Returns the F1 of a class, the harmonic mean of precision and recall.
   *
   * @param index the index of the class
   * @return F1 in [0, 1]; 0 if both are 0
   */
  public double f1(int index) {
    double precision = precision(index);
    double recall = recall(index);
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /**
   * Returns the macro F1, the unweighted mean of the classes' F1.
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
   * Returns the macro precision, the unweighted mean of the classes' precision.
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
   * Returns the macro recall, the unweighted mean of the classes' recall.
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
   * Returns the micro F1. With exactly one class per prediction, every false positive of one class
   * is a false negative of another one, so that micro precision, recall and F1 equal {@link
   * #accuracy}.
   *
   * @return in [0, 1]; NaN without predictions
   */
  public double microF1() {
    return accuracy();
  }

  /**
   * Returns a table of precision, recall and F1: one row for each class with the number of its
   * cases, and one for the unweighted mean of the classes.
   *
   * @return the lines of the table, with four decimals
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
   * Returns the matrix as a table with a row for each expected class and a column for each
   * predicted class.
   *
   * @return the lines of the table
   */
  @Override
  public String toString() {
    String corner = "true \\ predicted";
    int width = corner.length();
    for (String name : classes) {
      width = Math.max(width, name.length() + 2);
    }
    String cell = "%" + width + "s";
    StringBuilder table = new StringBuilder(String.format(Locale.ROOT, cell, corner));
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
