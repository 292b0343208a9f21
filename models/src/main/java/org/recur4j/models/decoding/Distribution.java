package org.recur4j.models.decoding;

import java.util.Arrays;

/** Log-probabilities of the next token of one row, in double precision. */
final class Distribution {
  private Distribution() {}

  /** Returns the log softmax of the row's logits. */
  static double[] logSoftmax(float[] logits, int row, int classes) {
    double[] logs = new double[classes];
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      logs[c] = logits[row * classes + c];
      largest = Math.max(largest, logs[c]);
    }
    double sum = 0;
    for (double value : logs) {
      sum += StrictMath.exp(value - largest);
    }
    double normalizer = largest + StrictMath.log(sum);
    for (int c = 0; c < classes; c++) {
      logs[c] -= normalizer;
    }
    return logs;
  }

  /** Returns the index of the first maximum. */
  static int likeliest(double[] logs) {
    int best = 0;
    for (int c = 1; c < logs.length; c++) {
      if (logs[c] > logs[best]) {
        best = c;
      }
    }
    return best;
  }

  /** Returns the class selected by u ∈ [0, 1) among the k most probable at a temperature. */
  static int draw(double[] logs, double temperature, int topK, double u) {
    double least = Double.NEGATIVE_INFINITY;
    int ties = logs.length;
    if (topK > 0 && topK < logs.length) {
      double[] sorted = logs.clone();
      Arrays.sort(sorted);
      least = sorted[logs.length - topK];
      ties = topK;
      for (double value : logs) {
        ties -= value > least ? 1 : 0;
      }
    }
    double largest = logs[likeliest(logs)];
    double[] weights = new double[logs.length];
    double sum = 0;
    for (int c = 0; c < logs.length; c++) {
      boolean kept = logs[c] > least || (logs[c] == least && ties-- > 0);
      weights[c] = kept ? StrictMath.exp((logs[c] - largest) / temperature) : 0;
      sum += weights[c];
    }
    double rest = u * sum;
    int last = 0;
    for (int c = 0; c < logs.length; c++) {
      if (weights[c] > 0) {
        last = c;
        rest -= weights[c];
        if (rest < 0) {
          return c;
        }
      }
    }
    return last;
  }
}
