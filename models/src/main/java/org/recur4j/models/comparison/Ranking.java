package org.recur4j.models.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the fastest backend and compares the others with it. */
final class Ranking {
  private Ranking() {}

  static List<PairwiseRatio> contrasts(
      List<String> names, List<Durations> durations, double confidence) {
    int rounds = durations.stream().mapToInt(d -> d.rounds().size()).min().orElse(0);
    List<double[]> medians =
        durations.stream().map(d -> Arrays.copyOf(d.medians(), rounds)).toList();
    int fastest = fastest(medians);
    // Bonferroni correction, so that all statements hold jointly with the confidence level.
    double each = 1 - (1 - confidence) / Math.max(1, names.size() - 1);
    List<PairwiseRatio> contrasts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (i != fastest) {
        contrasts.add(
            PairwiseRatio.of(
                names.get(fastest), medians.get(fastest), names.get(i), medians.get(i), each));
      }
    }
    return List.copyOf(contrasts);
  }

  /**
   * Returns the index of the backend that is faster than the largest number of others, by the same
   * ratios as the contrasts.
   */
  private static int fastest(List<double[]> medians) {
    int fastest = 0;
    long most = -1;
    for (int i = 0; i < medians.size(); i++) {
      double[] own = medians.get(i);
      long beaten =
          medians.stream()
              .filter(other -> PairwiseRatio.of("", own, "", other, 0.5).ratio().value() < 1)
              .count();
      if (beaten > most) {
        fastest = i;
        most = beaten;
      }
    }
    return fastest;
  }
}
