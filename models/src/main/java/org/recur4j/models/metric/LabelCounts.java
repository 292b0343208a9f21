package org.recur4j.models.metric;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * Running counts for multi-label classification: true positives, false negatives and false
 * positives of each label. Not thread-safe.
 */
public final class LabelCounts {
  private final long[] found;
  private final long[] missed;
  private final long[] invented;
  private long answers;
  private long wholly;

  /**
   * Creates counts without predictions.
   *
   * @param labels the number of labels, at least 1
   */
  public LabelCounts(int labels) {
    if (labels < 1) {
      throw new InvalidArgumentException(
          "LabelCounts", labels + " labels", "at least 1", "Pass the number of labels");
    }
    this.found = new long[labels];
    this.missed = new long[labels];
    this.invented = new long[labels];
  }

  /**
   * Adds one prediction.
   *
   * @param expected one number for each label; above 0.5 if the label applies
   * @param probabilities the predicted probabilities, one for each label; above 0.5 if the label is
   *     predicted
   */
  public void add(float[] expected, float[] probabilities) {
    if (expected.length != found.length || probabilities.length != found.length) {
      throw new InvalidArgumentException(
          "LabelCounts.add",
          expected.length + " labels and " + probabilities.length + " probabilities",
          found.length + " of each",
          "Pass one number for each label");
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
   * Returns the precision of a label, the fraction of its predictions that are correct.
   *
   * @param label the index of the label
   * @return the precision in [0, 1]; 0 if the label was never predicted
   */
  public double precision(int label) {
    return share(found[label], found[label] + invented[label]);
  }

  /**
   * Returns the recall of a label, the fraction of its occurrences that were predicted.
   *
   * @param label the index of the label
   * @return the recall in [0, 1]; 0 if the label never occurs
   */
  public double recall(int label) {
    return share(found[label], found[label] + missed[label]);
  }

  /**
   * Returns the F1 of a label, the harmonic mean of precision and recall.
   *
   * @param label the index of the label
   * @return F1 in [0, 1]; 0 without true positives
   */
  public double f1(int label) {
    return f1(found[label], missed[label], invented[label]);
  }

  /**
   * Returns the micro precision, over all labels together.
   *
   * @return the precision in [0, 1]; 0 if no label was predicted
   */
  public double microPrecision() {
    return share(sum(found), sum(found) + sum(invented));
  }

  /**
   * Returns the micro recall, over all labels together.
   *
   * @return the recall in [0, 1]; 0 if no label occurs
   */
  public double microRecall() {
    return share(sum(found), sum(found) + sum(missed));
  }

  /**
   * Returns the micro F1, over all labels together; frequent labels have more weight.
   *
   * @return in [0, 1]
   */
  public double microF1() {
    return f1(sum(found), sum(missed), sum(invented));
  }

  /**
   * Returns the macro F1, the unweighted mean of the labels' F1.
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
   * Returns true positives divided by true positives, false negatives and false positives together,
   * the accuracy used for polyphonic music (Bay, Ehmann, Downie 2009).
   *
   * @return the accuracy in [0, 1]; 0 if no label occurs and none was predicted
   */
  public double accuracy() {
    return share(sum(found), sum(found) + sum(missed) + sum(invented));
  }

  /**
   * Returns the exact match ratio, the fraction of predictions with all labels correct.
   *
   * @return in [0, 1]; NaN without predictions
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
