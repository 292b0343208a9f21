package org.recur4j.backend.ejml.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.spi.Workers;
import org.recur4j.backend.ejml.engine.FloatEngines;

class FusedSequenceTest {
  private static final int[] LENGTHS = {5, 0, 3, 1, 5, 2, 4, 5, 1};

  @ParameterizedTest
  @EnumSource(FusedCell.class)
  void agreesWithTheEquationsAndTheirFiniteDifferences(FusedCell cell) {
    for (int directions = 1; directions <= 2; directions++) {
      NaiveSequence naive = problem(cell, 5, LENGTHS, 3, 6, directions);
      Fused fused = new Fused(naive, 3);
      double[][] weightsOfLoss = lossWeights(naive);
      fused.forward();
      double[][] want = naive.run();
      close(fused.y, want[0], 2e-6, "y");
      close(fused.lastHidden, want[1], 2e-6, "last h");
      if (cell.hasCellState()) {
        close(fused.lastCell, want[2], 2e-6, "last c");
      }
      double[][] differences = new double[naive.values.length][];
      for (int v = 0; v < differences.length; v++) {
        // The mask (3) has no gradient, nor has a cell state that is not there (2).
        if (v != 3 && (v != 2 || cell.hasCellState())) {
          differences[v] = differences(naive, weightsOfLoss, v);
        }
      }
      for (int times = 1; times <= 2; times++) {
        fused.backward(weightsOfLoss);
        for (int v = 0; v < differences.length; v++) {
          if (differences[v] != null) {
            // Those of the weights are added up, those of the inputs written anew.
            int factor = v < 4 ? 1 : times;
            double[] expected = Arrays.stream(differences[v]).map(g -> factor * g).toArray();
            close(
                fused.gradients[v], expected, 2e-5, "gradient " + v + " after " + times + " calls");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FusedCell.class)
  void givesTheSameBitsForAnyNumberOfThreads(FusedCell cell) {
    int[] lengths = new int[37];
    for (int b = 0; b < lengths.length; b++) {
      lengths[b] = (b * 7) % 18;
    }
    NaiveSequence naive = problem(cell, 17, lengths, 40, 70, 2);
    double[][] loss = lossWeights(naive);
    Fused one = new Fused(naive, 1);
    one.forward();
    one.backward(loss);
    for (int threads = 2; threads <= 5; threads++) {
      Fused many = new Fused(naive, threads);
      many.forward();
      many.backward(loss);
      assertThat(many.y).isEqualTo(one.y);
      assertThat(many.lastHidden).isEqualTo(one.lastHidden);
      for (int v = 0; v < one.gradients.length; v++) {
        assertThat(many.gradients[v])
            .as("gradient %d with %d threads", v, threads)
            .isEqualTo(one.gradients[v]);
      }
    }
  }

  @Test
  void inferenceGivesTheBitsOfTrainingAndAllocatesNothing() {
    for (FusedCell cell : FusedCell.values()) {
      NaiveSequence naive = problem(cell, 21, new int[] {21, 20, 9, 0, 17, 8, 16, 1}, 13, 64, 2);
      Fused training = new Fused(naive, 2);
      training.forward();
      Fused inference = new Fused(naive, 2, false);
      inference.forward();
      assertThat(inference.y).isEqualTo(training.y);
      double[][] loss = lossWeights(naive);
      float[][] dOut = {single(loss[0]), single(loss[1]), single(loss[2])};
      ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long id = Thread.currentThread().getId();
      long least = Long.MAX_VALUE;
      // Until the JIT compiler has had its turn: an interpreter makes an object of every vector.
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (least > 0 && System.nanoTime() < deadline) {
        long before = memory.getThreadAllocatedBytes(id);
        inference.forward();
        training.forward();
        training.backward(dOut);
        least = Math.min(least, memory.getThreadAllocatedBytes(id) - before);
      }
      assertThat(least).as("heap bytes of a repeated pass of %s", cell).isZero();
    }
  }

  private static NaiveSequence problem(
      FusedCell cell, int steps, int[] lengths, int inputSize, int hiddenSize, int directions) {
    NaiveSequence naive =
        new NaiveSequence(cell, steps, lengths.length, inputSize, hiddenSize, directions, lengths);
    Random random = new Random(3);
    for (int v = 0; v < naive.values.length; v++) {
      double scale = v < 4 ? 1 : 1 / Math.sqrt(hiddenSize);
      for (int i = 0; i < naive.values[v].length; i++) {
        // Through float, so that both sides start from the same numbers.
        naive.values[v][i] = (float) (scale * (2 * random.nextDouble() - 1));
      }
    }
    return naive;
  }

  private static double[][] lossWeights(NaiveSequence naive) {
    Random random = new Random(8);
    double[][] out = naive.run();
    for (double[] part : out) {
      for (int i = 0; i < part.length; i++) {
        part[i] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return out;
  }

  private static double loss(NaiveSequence naive, double[][] weights) {
    double[][] out = naive.run();
    double sum = 0;
    for (int p = 0; p < (naive.cell.hasCellState() ? 3 : 2); p++) {
      for (int i = 0; i < out[p].length; i++) {
        sum += out[p][i] * weights[p][i];
      }
    }
    return sum;
  }

  private static double[] differences(NaiveSequence naive, double[][] weights, int v) {
    double[] gradient = new double[naive.values[v].length];
    for (int i = 0; i < gradient.length; i++) {
      double value = naive.values[v][i];
      naive.values[v][i] = value + 1e-5;
      double up = loss(naive, weights);
      naive.values[v][i] = value - 1e-5;
      double down = loss(naive, weights);
      naive.values[v][i] = value;
      gradient[i] = (up - down) / 2e-5;
    }
    return gradient;
  }

  private static void close(float[] got, double[] want, double tolerance, String what) {
    double largest = 1;
    for (double w : want) {
      largest = Math.max(largest, Math.abs(w));
    }
    assertThat(got).as(what).hasSameSizeAs(want);
    for (int i = 0; i < want.length; i++) {
      if (!(Math.abs(got[i] - want[i]) <= tolerance * largest)) {
        assertThat((double) got[i])
            .as("%s[%d]", what, i)
            .isCloseTo(want[i], within(tolerance * largest));
      }
    }
  }

  private static float[] single(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** A fused sequence over the naive one's values, with NaN wherever nothing may be read. */
  private static final class Fused {
    final NaiveSequence naive;
    final FusedSequence sequence;
    final PackedWeights[] weights;
    final float[] y;
    final float[] lastHidden;
    final float[] lastCell;
    final float[][] gradients;

    Fused(NaiveSequence naive, int threads) {
      this(naive, threads, true);
    }

    Fused(NaiveSequence naive, int threads, boolean training) {
      this.naive = naive;
      int d = naive.directions;
      // Larger than needed: a pass takes any extent below its own.
      sequence =
          new FusedSequence(
              naive.cell,
              naive.inputSize,
              naive.hiddenSize,
              d,
              naive.steps + 2,
              naive.batch + 3,
              true,
              training,
              new Workers("ejml", threads),
              FloatEngines.preferred(),
              Precision.FULL);
      weights = new PackedWeights[d];
      gradients = new float[naive.values.length][];
      for (int v = 0; v < gradients.length; v++) {
        gradients[v] = new float[naive.values[v].length];
        if (v < 4) {
          Arrays.fill(gradients[v], Float.NaN);
        }
      }
      for (int i = 0; i < d; i++) {
        weights[i] =
            new PackedWeights(
                FloatEngines.preferred(),
                naive.cell,
                naive.inputSize,
                naive.hiddenSize,
                Precision.FULL);
        float[] ih = single(naive.values[4 + 4 * i]);
        float[] hh = single(naive.values[5 + 4 * i]);
        weights[i].packForward(
            ih, 0, hh, 0, single(naive.values[6 + 4 * i]), 0, single(naive.values[7 + 4 * i]), 0);
        weights[i].packBackward(ih, 0, hh, 0);
        if (training) {
          sequence.gradients[i].weightIh = gradients[4 + 4 * i];
          sequence.gradients[i].weightHh = gradients[5 + 4 * i];
          sequence.gradients[i].biasIh = gradients[6 + 4 * i];
          sequence.gradients[i].biasHh = gradients[7 + 4 * i];
        }
      }
      SequenceArrays a = sequence.arrays;
      a.steps = naive.steps;
      a.batch = naive.batch;
      System.arraycopy(naive.lengths, 0, a.lengths, 0, naive.batch);
      a.x = single(naive.values[0]);
      for (int b = 0; b < naive.batch; b++) {
        for (int t = naive.lengths[b]; t < naive.steps; t++) {
          int row = (t * naive.batch + b) * naive.inputSize;
          Arrays.fill(a.x, row, row + naive.inputSize, Float.NaN);
        }
      }
      a.initialHidden = single(naive.values[1]);
      a.initialCell = single(naive.values[2]);
      a.mask = single(naive.values[3]);
      y = new float[naive.steps * naive.batch * d * naive.hiddenSize];
      Arrays.fill(y, Float.NaN);
      lastHidden = new float[d * naive.batch * naive.hiddenSize];
      lastCell = naive.cell.hasCellState() ? new float[lastHidden.length] : null;
      a.y = y;
      a.lastHidden = lastHidden;
      a.lastCell = lastCell;
    }

    void forward() {
      sequence.forward(weights);
    }

    void backward(double[][] dOut) {
      float[] dy = single(dOut[0]);
      int width = naive.directions * naive.hiddenSize;
      for (int b = 0; b < naive.batch; b++) {
        for (int t = naive.lengths[b]; t < naive.steps; t++) {
          Arrays.fill(
              dy, (t * naive.batch + b) * width, (t * naive.batch + b + 1) * width, Float.NaN);
        }
      }
      backward(new float[][] {dy, single(dOut[1]), single(dOut[2])});
    }

    void backward(float[][] dOut) {
      SequenceArrays a = sequence.arrays;
      a.dy = dOut[0];
      a.dLastHidden = dOut[1];
      a.dLastCell = dOut[2];
      a.dx = gradients[0];
      a.dInitialHidden = gradients[1];
      a.dInitialCell = naive.cell.hasCellState() ? gradients[2] : null;
      sequence.backward(weights);
    }
  }
}
