package org.recur4j.examples.bench;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.recurrent.Precision;

/**
 * What the processor can do, as seen in this run: the best of many probes, taken between the
 * workloads, because a shared machine is slower at times but never faster than it is.
 */
final class Ceiling {
  /** Long enough for the compiler to have finished the loops. */
  private static final int FIRST_PROBES = 400;

  private static final int PROBES = 25;

  private final PeakProbe probe;
  private final Map<Long, Double> bandwidth = new HashMap<>();
  private double peak;
  private double bestProduct;
  private String bestProductOf = "";

  Ceiling(PeakProbe probe) {
    this.probe = probe;
    probe(FIRST_PROBES);
  }

  String description() {
    return probe.description();
  }

  /** Operations a nanosecond of one core, two for each fused multiply-add. */
  double peak() {
    return peak;
  }

  /** The best product seen, operations a nanosecond and thread. */
  double bestProduct() {
    return bestProduct;
  }

  /** Takes the peak, and the bandwidth wherever it was asked for, once more. */
  void probe() {
    probe(PROBES);
    bandwidth.keySet().forEach(this::probeBandwidth);
  }

  private void probe(int times) {
    for (int i = 0; i < times; i++) {
      peak = Math.max(peak, probe.fusedMultiplyAdds());
    }
  }

  /** Bytes a nanosecond when one core reads so many bytes over and over. */
  double bandwidth(long bytes) {
    if (!bandwidth.containsKey(bytes)) {
      bandwidth.put(bytes, 0.0);
      probeBandwidth(bytes);
    }
    return bandwidth.get(bytes);
  }

  private void probeBandwidth(long bytes) {
    double best = bandwidth.get(bytes);
    for (int i = 0; i < PROBES; i++) {
      best = Math.max(best, probe.readBandwidth(bytes));
    }
    bandwidth.put(bytes, best);
  }

  /** Notes a product's rate, in operations a nanosecond and thread. */
  void sawProduct(String what, double rate) {
    if (rate > bestProduct) {
      bestProduct = rate;
      bestProductOf = what;
    }
  }

  /** The least time a step can take on a CPU with so many threads. */
  Floor floor(Workload workload, Precision precision, int threads) {
    double operations = workload.flops() / (peak * threads);
    if (workload.task() != Workload.Task.STREAMING) {
      return new Floor(operations, "flops");
    }
    long bytes = workload.weightBytes(precision);
    double reading = bytes / (bandwidth(bytes) * threads);
    return reading > operations ? new Floor(reading, "bandwidth") : new Floor(operations, "flops");
  }

  /** Refuses figures that cannot be: the probe, not the workload, is then wrong. */
  void check(Result result) {
    if (peak < bestProduct) {
      throw broken(
          String.format(
              Locale.ROOT,
              "a peak of %.1f GFLOP/s a core, but %.1f in %s",
              peak,
              bestProduct,
              bestProductOf));
    }
    if (result.ratio() < 1) {
      throw broken("a ratio below 1 in '" + result.line() + "'");
    }
  }

  private RecurException broken(String got) {
    return new RecurException(
        RecurException.message(
            "bench",
            got + " (" + probe.description() + ")",
            "nothing faster than the peak",
            "The probe is broken on this processor or Java version: use none of these ratios and"
                + " report it"));
  }

  /**
   * A lower bound.
   *
   * @param nanoseconds of a step
   * @param bound what it comes from: {@code flops} or {@code bandwidth}
   */
  record Floor(double nanoseconds, String bound) {}
}
