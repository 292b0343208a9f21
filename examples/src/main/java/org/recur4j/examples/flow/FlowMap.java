package org.recur4j.examples.flow;

import java.util.List;
import java.util.stream.IntStream;
import org.recur4j.models.diagnosis.FlowSnapshot;
import org.recur4j.models.diagnosis.LayerFlow;

/**
 * Gradient norms by time and training step, of the layer that ails most at the end, in bins along
 * time that a picture has room for. Arrays are not copied.
 *
 * @param times the last time step of each bin, from 1
 * @param steps training step of each look
 * @param decades {@code [times][steps]}: the decimal logarithm of the norm over that at the last
 *     time step, its mean over a bin, at most {@link #DECADES} either way
 */
public record FlowMap(List<String> times, List<String> steps, double[][] decades) {
  /** What lies beyond is drawn as if it lay here. */
  public static final double DECADES = 6;

  private static final int MOST_BINS = 40;

  /**
   * The norms of one look, where there are any: what single precision has lost or truncation has
   * cut off cannot be drawn on a logarithmic axis.
   *
   * @param times t from 1, ascending
   * @param norms ‖∂L/∂h_t‖, each above 0 and finite
   */
  public record Curve(double[] times, double[] norms) {}

  /** Copies the lists. */
  public FlowMap {
    times = List.copyOf(times);
    steps = List.copyOf(steps);
  }

  /**
   * The course of a training.
   *
   * @param snapshots at least one
   * @return the map
   */
  public static FlowMap of(List<FlowSnapshot> snapshots) {
    int layer = worst(snapshots.get(snapshots.size() - 1));
    int length = snapshots.get(0).layers().get(layer).gradientNorms().length;
    int bins = Math.min(MOST_BINS, length);
    double[][] decades = new double[bins][snapshots.size()];
    for (int x = 0; x < snapshots.size(); x++) {
      double[] norms = snapshots.get(x).layers().get(layer).gradientNorms();
      for (int bin = 0; bin < bins; bin++) {
        int from = bin * length / bins;
        int to = (bin + 1) * length / bins;
        double sum = 0;
        for (int t = from; t < to; t++) {
          sum += decades(norms[length - 1 - t], norms[0]);
        }
        decades[bin][x] = sum / (to - from);
      }
    }
    return new FlowMap(
        IntStream.rangeClosed(1, bins)
            .mapToObj(bin -> Integer.toString(bin * length / bins))
            .toList(),
        snapshots.stream().map(snapshot -> Long.toString(snapshot.step())).toList(),
        decades);
  }

  private static int worst(FlowSnapshot snapshot) {
    return snapshot.layers().indexOf(snapshot.worst());
  }

  private static double decades(double norm, double last) {
    double ratio = Math.log10(norm / last);
    if (Double.isNaN(ratio)) {
      return norm > 0 ? DECADES : -DECADES;
    }
    return Math.max(-DECADES, Math.min(DECADES, ratio));
  }

  /**
   * The curve of one look.
   *
   * @param snapshot the look
   * @return of the layer that ails most
   */
  public static Curve curve(FlowSnapshot snapshot) {
    LayerFlow flow = snapshot.worst();
    double[] norms = flow.gradientNorms();
    int[] there =
        IntStream.range(0, norms.length)
            .map(i -> norms.length - 1 - i)
            .filter(back -> norms[back] > 0 && Double.isFinite(norms[back]))
            .toArray();
    return new Curve(
        IntStream.of(there).mapToDouble(back -> norms.length - back).toArray(),
        IntStream.of(there).mapToDouble(back -> norms[back]).toArray());
  }
}
