package org.recur4j.examples.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.recur4j.models.diagnosis.Diagnosis;
import org.recur4j.models.diagnosis.FlowSnapshot;
import org.recur4j.models.diagnosis.Remedy;

/**
 * What one training showed.
 *
 * @param name of the variant
 * @param snapshots at the start, every so often, at the end; the first is of fresh weights
 * @param losses of every batch, in order
 * @param norms of every batch's gradient before clipping, in order
 * @param end why training ended before its last step; empty if it did not
 * @param seconds training and looking
 */
public record FlowResult(
    String name,
    List<FlowSnapshot> snapshots,
    double[] losses,
    double[] norms,
    String end,
    double seconds) {
  private static final int FINAL_SHARE = 10;

  /** Copies the list. */
  public FlowResult {
    snapshots = List.copyOf(snapshots);
  }

  /**
   * The last look.
   *
   * @return at the trained network
   */
  public FlowSnapshot last() {
    return snapshots.get(snapshots.size() - 1);
  }

  /**
   * The verdicts in their order, each with the first and last step at which it was seen in a row.
   *
   * @return e.g. {@code "vanishing (0 to 600), healthy (700 to 1500)"}
   */
  public String course() {
    List<String> parts = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= snapshots.size(); i++) {
      if (i == snapshots.size() || kind(i) != kind(first)) {
        long from = snapshots.get(first).step();
        long to = snapshots.get(i - 1).step();
        parts.add(kind(first) + " (" + (from == to ? "" + from : from + " to " + to) + ")");
        first = i;
      }
    }
    return String.join(", ", parts);
  }

  /**
   * What can be tried, by the first and the last look.
   *
   * @return none where nothing ailed
   */
  public Set<Remedy> remedies() {
    Set<Remedy> remedies = new LinkedHashSet<>();
    remedies.addAll(snapshots.get(0).worst().diagnosis().remedies());
    remedies.addAll(last().worst().diagnosis().remedies());
    return remedies;
  }

  private Diagnosis.Kind kind(int look) {
    return snapshots.get(look).worst().diagnosis().kind();
  }

  /**
   * Mean loss of the last tenth of the batches.
   *
   * @return NaN where nothing was trained
   */
  public double finalLoss() {
    int from = losses.length - Math.max(1, losses.length / FINAL_SHARE);
    return losses.length == 0
        ? Double.NaN
        : Arrays.stream(losses, from, losses.length).average().orElse(Double.NaN);
  }

  /**
   * The largest gradient of all batches before clipping.
   *
   * @return NaN where nothing was trained
   */
  public double largestNorm() {
    return Arrays.stream(norms).max().orElse(Double.NaN);
  }
}
