package org.recur4j.models.metric;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * Running counts of labels that do not exclude each other: found, missed and named without being
 * there. Not thread-safe.
 */
public final class LabelCounts {
  private final long[] found;
  private final long[] missed;
  private final long[] invented;
  private long answers;
  private long wholly;

  /**
   * No answers yet.
   *
   * @param labels how many there are, at least 1
   */
  public LabelCounts(int labels) {
    if (labels < 1) {
      throw new InvalidArgumentException(
          "LabelCounts", labels + " labels", "at least 1", "Give the number of the labels");
    }
    this.found = new long[labels];
    this.missed = new long[labels];
    this.invented = new long[labels];
  }

  /**
   * Counts one answer.
   *
   * @param expected a number for each label; above one half for yes
   * @param probabilities as predicted, one for each label; above one half for yes
   */
  public void add(float[] expected, float[] probabilities) {
    if (expected.length != found.length || probabilities.length != found.length) {
      throw new InvalidArgumentException(
          "LabelCounts.add",
          expected.length + " labels and " + probabilities.length + " probabilities",
          found.length + " of each",
          "Give one number for each label");
    }
    boolean whole = true;
    for (int label = 0; label < found.length; label++) {
      boolean there = expected[label] > 0.5f;
      boolean named = probabilities[label] > 0.5f;
      found[label] += there && named ? 1 : 0;
      missed[label] += there && !named ? 1 : 0;
      invented[label] += named && !there ? 1 : 0;
      whole &= there == named;
    }
    answers++;
    wholly += whole ? 1 : 0;
  }

  /**
   * Of the times a label was named, the share that were right.
   *
   * @param label its index
   * @return in [0, 1]; 0 if it was never named
   */
  public double precision(int label) {
    return share(found[label], found[label] + invented[label]);
  }

  /**
   * Of the times a label was there, the share that were found.
   *
   * @param label its index
   * @return in [0, 1]; 0 if it never was
   */
  public double recall(int label) {
    return share(found[label], found[label] + missed[label]);
  }

  /**
   * Harmonic mean of precision and recall.
   *
   * @param label its index
   * @return in [0, 1]; 0 if it was never found
   */
  public double f1(int label) {
    return f1(found[label], missed[label], invented[label]);
  }

  /**
   * Precision over all labels together.
   *
   * @return in [0, 1]; 0 if none was named
   */
  public double microPrecision() {
    return share(sum(found), sum(found) + sum(invented));
  }

  /**
   * Recall over all labels together.
   *
   * @return in [0, 1]; 0 if none was there
   */
  public double microRecall() {
    return share(sum(found), sum(found) + sum(missed));
  }

  /**
   * F1 over all labels together: frequent ones count more.
   *
   * @return in [0, 1]
   */
  public double microF1() {
    return f1(sum(found), sum(missed), sum(invented));
  }

  /**
   * Mean of the labels' F1, each label counting alike.
   *
   * @return in [0, 1]
   */
  public double macroF1() {
    double sum = 0;
    for (int label = 0; label < found.length; label++) {
      sum += f1(label);
    }
    return sum / found.length;
  }

  /**
   * Labels found over labels found, missed or invented: the accuracy used for polyphonic music
   * (Bay, Ehmann, Downie 2009).
   *
   * @return in [0, 1]; 0 if no label was there and none was named
   */
  public double accuracy() {
    return share(sum(found), sum(found) + sum(missed) + sum(invented));
  }

  /**
   * Share of answers with every label right.
   *
   * @return in [0, 1]; NaN without answers
   */
  public double exactMatch() {
    return (double) wholly / answers;
  }

  private static double f1(long found, long missed, long invented) {
    return share(2 * found, 2 * found + missed + invented);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
