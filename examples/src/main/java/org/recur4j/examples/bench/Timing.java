package org.recur4j.examples.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.recur4j.api.recurrent.Precision;

/** Repeats one subject: first until it is warm, then under the watch. */
final class Timing implements AutoCloseable {
  private static final double BLOCK_SECONDS = 0.2;
  private static final double CALM = 0.05;
  private static final int CALM_BLOCKS = 3;
  private static final int PATIENCE = 6;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Contender contender;
  private final Precision precision;
  private final double difference;
  private final Subject subject;
  private final Samples samples = new Samples();
  private long heapBytes;
  private boolean stable;

  Timing(Workload workload, Contender contender, Precision precision) {
    this.contender = contender;
    this.precision = precision;
    this.difference = Layer.difference(workload, contender.backend(), precision);
    this.subject = Subject.of(workload, contender.backend(), precision);
  }

  Contender contender() {
    return contender;
  }

  /** Runs at least so many seconds, and then until the median of a block no longer moves. */
  void warmUp(double seconds) {
    long begin = System.nanoTime();
    double before = Double.POSITIVE_INFINITY;
    int calm = 0;
    while (calm < CALM_BLOCKS || seconds(begin) < seconds) {
      if (seconds(begin) > PATIENCE * seconds) {
        return;
      }
      Samples block = new Samples();
      run(block, 1, BLOCK_SECONDS);
      double median = block.percentile(50);
      calm = Math.abs(median / before - 1) < CALM ? calm + 1 : 0;
      before = median;
    }
    stable = true;
  }

  /** Times at least so many steps for at least so many seconds. */
  void measure(int steps, double seconds) {
    // What the beans themselves allocate is found out by asking twice.
    long idle = threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    run(samples, steps, seconds);
    heapBytes += threads.getCurrentThreadAllocatedBytes() - before - (before - idle);
  }

  private void run(Samples into, int steps, double seconds) {
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    long now = begin;
    for (int i = 0; (i < steps || now < end) && !into.isFull(); i++) {
      long from = System.nanoTime();
      subject.step();
      now = System.nanoTime();
      into.add(now - from);
    }
  }

  Result result(Workload workload, Ceiling ceiling) {
    boolean floored = contender.runsOnProcessor();
    Ceiling.Floor floor = floored ? ceiling.floor(workload, precision, contender.threads()) : null;
    return new Result(
        workload,
        contender.name(),
        contender.threads(),
        precision,
        difference,
        samples.percentile(50) * 1e-6,
        samples.percentile(10) * 1e-6,
        samples.percentile(99) * 1e-6,
        samples.count(),
        heapBytes / samples.count(),
        stable,
        floored ? floor.nanoseconds() * 1e-6 : Double.NaN,
        floored ? floor.bound() : "");
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) * 1e-9;
  }

  @Override
  public void close() {
    subject.close();
  }
}
