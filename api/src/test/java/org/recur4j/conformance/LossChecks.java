package org.recur4j.conformance;

import java.util.Arrays;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Softmax with masks, cross-entropy with padding, weights and smoothing. */
final class LossChecks extends KernelChecks {
  private static final int[] LABELS = {2, -1, 0, 6, 3};
  private static final int CLASSES = 7;
  private static final int ROWS = LABELS.length;

  LossChecks(Backend backend) {
    super(backend);
    for (int[] s : new int[][] {{4}, {3, 7}, {2, 3, 5}, {1, 1}}) {
      add("softmax " + text(s), (bench, type) -> softmax(bench, type, s));
      add("softmaxGradient " + text(s), (bench, type) -> gradient(bench, type, s));
    }
    for (int[] mask : new int[][] {{2, 3, 5}, {5}, {3, 1}, {2, 1, 5}}) {
      add("softmax masked " + text(mask), (bench, type) -> masked(bench, type, mask));
    }
    add("softmax of large numbers", this::large);
    for (boolean weighted : new boolean[] {false, true}) {
      for (double smoothing : new double[] {0, 0.1}) {
        add(
            "softmaxCrossEntropy weights=" + weighted + " smoothing=" + smoothing,
            (bench, type) -> crossEntropy(bench, type, weighted, smoothing));
      }
    }
  }

  private void softmax(Bench bench, DataType type, int... s) {
    double[] x = numbers("x", size(s));
    double[] want = softmax(x, Numbers.fill(x.length, i -> 1), s[s.length - 1]);
    Tensor y = bench.output("y", type, s);
    kernels.softmax(bench.input("x", type, x, s), null, y);
    near(bench, "y", y, want);
    Tensor own = bench.changing("x", type, x, s);
    kernels.softmax(own, null, own);
    near(bench, "y = x", own, want);
  }

  private void masked(Bench bench, DataType type, int... maskShape) {
    int[] s = {2, 3, 5};
    double[] mask = Numbers.fill(size(maskShape), i -> i % 3 == 1 ? 0 : 1);
    if (maskShape.length == 3) {
      Arrays.fill(mask, 0, 5, 0);
    }
    double[] every = Numbers.fill(30, i -> mask[broadcast(i, s, maskShape)]);
    double[] values = numbers("x", 30);
    // What is masked holds NaN: it must not be read.
    double[] x = Numbers.fill(30, i -> every[i] == 0 ? Double.NaN : values[i]);
    double[] want = softmax(x, every, 5);
    Tensor given = bench.input("mask", type, mask, maskShape);
    Tensor y = bench.output("y", type, s);
    kernels.softmax(bench.input("x", type, x, s), given, y);
    near(bench, "y", y, want);
    double[] got = bench.read(y);
    for (int i = 0; i < 30; i++) {
      expect(every[i] != 0 || got[i] == 0, "masked element " + i + " is " + got[i] + ", want 0");
    }
    Tensor own = bench.changing("x", type, x, s);
    kernels.softmax(own, given, own);
    near(bench, "y = x", own, want);
  }

  private void large(Bench bench, DataType type) {
    double[] x = {1000, 1001, 999, -1000, -1000, -1000};
    Tensor y = bench.output("y", type, 2, 3);
    kernels.softmax(bench.input("x", type, x, 2, 3), null, y);
    near(bench, "y", y, softmax(x, Numbers.fill(6, i -> 1), 3));
    double low = Double.NEGATIVE_INFINITY;
    Tensor z = bench.output("y of −∞", type, 2, 3);
    kernels.softmax(bench.input("x", type, new double[] {low, 1, 1, 0, low, low}, 2, 3), null, z);
    near(bench, "y of −∞ beside numbers", z, 0, 0.5, 0.5, 1, 0, 0);
  }

  private void gradient(Bench bench, DataType type, int... s) {
    int classes = s[s.length - 1];
    double[] logits = numbers("x", size(s));
    double[] exact = softmax(logits, Numbers.fill(logits.length, i -> 1), classes);
    double[] y = Numbers.fill(exact.length, i -> (float) exact[i]);
    double[] dy = numbers("dy", y.length);
    double[] want =
        Numbers.fill(
            y.length,
            i -> {
              double sum = 0;
              for (int c = 0; c < classes; c++) {
                sum += y[i / classes * classes + c] * dy[i / classes * classes + c];
              }
              return y[i] * (dy[i] - sum);
            });
    Tensor output = bench.input("y", type, y, s);
    Tensor dx = bench.output("dx", type, s);
    kernels.softmaxGradient(output, bench.input("dy", type, dy, s), dx);
    near(bench, "dx", dx, want);
    Tensor own = bench.changing("dy", type, dy, s);
    kernels.softmaxGradient(output, own, own);
    near(bench, "dx = dy", own, want);
  }

  private void crossEntropy(Bench bench, DataType type, boolean weighted, double smoothing) {
    double[] weights = weighted ? new double[] {0.5, 2, 0, 1, 3} : Numbers.fill(ROWS, i -> 1);
    double[] numbers = numbers("logits", ROWS * CLASSES);
    // A row that does not count holds NaN: it must not be read.
    double[] logits =
        Numbers.fill(numbers.length, i -> counts(i / CLASSES, weights) ? numbers[i] : Double.NaN);
    logits[0] = 90;
    logits[3 * CLASSES] = -90;
    double[] softmax = softmax(logits, Numbers.fill(logits.length, i -> 1), CLASSES);
    double[] loss = Numbers.fill(ROWS, row -> loss(row, logits, weights, smoothing));
    double[] dLogits =
        Numbers.fill(
            logits.length,
            i -> {
              int row = i / CLASSES;
              double q = wanted(i % CLASSES, LABELS[row], smoothing);
              return counts(row, weights) ? weights[row] * (softmax[i] - q) : 0;
            });
    Tensor labels = bench.integers("labels", LABELS);
    Tensor w = weighted ? bench.input("weights", type, weights, ROWS) : null;
    Tensor x = bench.input("logits", type, logits, ROWS, CLASSES);
    Tensor gotLoss = bench.output("loss", type, ROWS);
    Tensor gotGradient = bench.output("dLogits", type, ROWS, CLASSES);
    kernels.softmaxCrossEntropy(x, labels, w, smoothing, gotLoss, gotGradient);
    near(bench, "loss", gotLoss, loss);
    near(bench, "dLogits", gotGradient, dLogits);
    double[] read = bench.read(gotGradient);
    for (int i = 0; i < read.length; i++) {
      expect(
          counts(i / CLASSES, weights) || read[i] == 0,
          "dLogits of row " + i / CLASSES + ", which does not count, is " + read[i] + ", want 0");
    }
    Tensor alone = bench.output("loss alone", type, ROWS);
    kernels.softmaxCrossEntropy(x, labels, w, smoothing, alone, null);
    near(bench, "loss without dLogits", alone, loss);
    Tensor own = bench.changing("logits", type, logits, ROWS, CLASSES);
    Tensor again = bench.output("loss again", type, ROWS);
    kernels.softmaxCrossEntropy(own, labels, w, smoothing, again, own);
    near(bench, "dLogits = logits", own, dLogits);
    near(bench, "loss with dLogits = logits", again, loss);
  }

  private static boolean counts(int row, double... weights) {
    return LABELS[row] >= 0 && weights[row] != 0;
  }

  private static double wanted(int c, int label, double smoothing) {
    return (c == label ? 1 - smoothing : 0) + smoothing / CLASSES;
  }

  private static double loss(int row, double[] logits, double[] weights, double smoothing) {
    if (!counts(row, weights)) {
      return 0;
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < CLASSES; c++) {
      largest = Math.max(largest, logits[row * CLASSES + c]);
    }
    double sum = 0;
    double agreement = 0;
    for (int c = 0; c < CLASSES; c++) {
      double logit = logits[row * CLASSES + c];
      sum += Math.exp(logit - largest);
      agreement += wanted(c, LABELS[row], smoothing) * logit;
    }
    return weights[row] * (largest + Math.log(sum) - agreement);
  }

  private static double[] softmax(double[] x, double[] mask, int classes) {
    return Numbers.fill(
        x.length,
        i -> {
          if (mask[i] == 0) {
            return 0;
          }
          double sum = 0;
          for (int c = i / classes * classes; c < (i / classes + 1) * classes; c++) {
            sum += mask[c] == 0 ? 0 : Math.exp(x[c] - x[i]);
          }
          return 1 / sum;
        });
  }
}
