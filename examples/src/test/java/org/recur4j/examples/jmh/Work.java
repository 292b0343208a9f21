package org.recur4j.examples.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts what was done: a benchmark in operations a nanosecond then also shows GFLOP/s or the like.
 */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Work {
  /** Multiplications and additions, or elements, of all calls. */
  public double done;
}
