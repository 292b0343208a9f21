package org.recur4j.examples.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.recurrent.Precision;

/**
 * How fast a workload ran.
 *
 * @param workload which
 * @param backend its name
 * @param threads worker threads
 * @param precision of the products
 * @param difference largest one of an output to full precision's, over 100 steps
 * @param median of all steps, milliseconds
 * @param p10 a tenth of the steps were not slower
 * @param p99 one in a hundred was slower
 * @param steps how many were timed
 * @param heapBytes Java memory that a step allocated on the calling thread
 * @param stable whether warming up had come to an end
 * @param floor the least time possible, milliseconds; NaN where the processor does not compute
 * @param bound what the floor comes from; empty without one
 */
public record Result(
    Workload workload,
    String backend,
    int threads,
    Precision precision,
    double difference,
    double median,
    double p10,
    double p99,
    int steps,
    long heapBytes,
    boolean stable,
    double floor,
    String bound) {
  /**
   * How far from the floor.
   *
   * @return median through floor; NaN without a floor
   */
  public double ratio() {
    return median / floor;
  }

  /**
   * One line of {@code key=value}.
   *
   * @return for people and for grep
   */
  public String line() {
    StringBuilder line = new StringBuilder("peer=recur4j-").append(backend);
    line.append(" workload=").append(workload).append(" threads=").append(threads);
    line.append(" median_ms=").append(figure(median));
    line.append(" p10_ms=").append(figure(p10)).append(" p99_ms=").append(figure(p99));
    line.append(" n=").append(steps);
    if (!bound.isEmpty()) {
      line.append(" floor_ms=").append(figure(floor)).append(" ratio=").append(figure(ratio()));
      line.append(" floor=").append(bound);
    }
    if (precision != Precision.FULL) {
      line.append(" precision=").append(precision.name().toLowerCase(Locale.ROOT));
      line.append(" max_difference=").append(figure(difference));
    }
    line.append(" heap_bytes=").append(heapBytes);
    return stable ? line.toString() : line.append(" warm=no").toString();
  }

  /**
   * The same for machines.
   *
   * @return numbers under the line's keys; null where there is none
   */
  public Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("peer", "recur4j-" + backend);
    row.put("workload", workload.name());
    row.put("threads", threads);
    row.put("median_ms", median);
    row.put("p10_ms", p10);
    row.put("p99_ms", p99);
    row.put("n", steps);
    row.put("floor_ms", bound.isEmpty() ? null : floor);
    row.put("ratio", bound.isEmpty() ? null : ratio());
    row.put("floor", bound.isEmpty() ? null : bound);
    row.put("precision", precision.name().toLowerCase(Locale.ROOT));
    row.put("max_difference", difference);
    row.put("heap_bytes", heapBytes);
    row.put("warm", stable);
    return row;
  }

  /** Four digits that count, whatever the size. */
  public static String figure(double value) {
    int digits = value <= 0 ? 0 : (int) Math.floor(Math.log10(value)) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, 4 - digits)) + "f", value);
  }
}
