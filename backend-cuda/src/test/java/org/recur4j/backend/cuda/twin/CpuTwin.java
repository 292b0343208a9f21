package org.recur4j.backend.cuda.twin;

import java.nio.file.Path;

/**
 * The door to the driver that runs our kernels on the CPU, for tests alone. Natives of this class
 * are found in the library itself, which is loaded before JCuda's so that JCuda binds to it.
 */
public final class CpuTwin {
  private static final int SEED = 0;
  private static final int LAZY = 1;
  private static final int DEVICES = 2;
  private static final int DRIVER = 3;
  private static final int CAPABILITY = 4;
  private static final int MEMORY = 5;
  private static final int LOG = 6;
  private static final int SKIPPED = 7;
  private static final int ALLOCATIONS = 0;
  private static final int PINNED = 1;
  private static final int CONTEXTS = 2;
  private static final int LAUNCHES = 3;
  private static final int EXECUTED = 4;
  private static final int STREAMS = 5;

  private CpuTwin() {}

  private static native void set(int what, long value);

  private static native long get(int what);

  /** Forgets a fault and the work that was queued behind it. */
  public static native void recover();

  static void load(Path library) {
    System.load(library.toAbsolutePath().toString());
  }

  /** Restores the settings that the twin is loaded with. */
  static void usual() {
    seed(0);
    lazy(true);
    devices(1);
    driver(12_040);
    capability(75);
    memory(2L << 30);
    log(false);
    keepEveryBarrier();
  }

  /** In which order threads and blocks go on: 0 ascending, 1 descending, else scattered. */
  public static void seed(long value) {
    set(SEED, value);
  }

  /** Whether work runs when somebody waits (true) or at once. */
  public static void lazy(boolean value) {
    set(LAZY, value ? 1 : 0);
  }

  public static void devices(int count) {
    set(DEVICES, count);
  }

  /** The CUDA version the driver claims, as 1000 · major + 10 · minor. */
  public static void driver(int version) {
    set(DRIVER, version);
  }

  /** Compute capability as 10 · major + minor. */
  public static void capability(int value) {
    set(CAPABILITY, value);
  }

  public static void memory(long bytes) {
    set(MEMORY, bytes);
  }

  /** Whether every launch is printed. */
  static void log(boolean value) {
    set(LOG, value ? 1 : 0);
  }

  /** Makes one barrier in the kernels' sources do nothing, as if it had been forgotten. */
  public static void skipBarrier(String file, int line) {
    set(SKIPPED, (long) file.hashCode() << 32 | line);
  }

  public static void keepEveryBarrier() {
    set(SKIPPED, 0);
  }

  public static long allocations() {
    return get(ALLOCATIONS);
  }

  public static long pinned() {
    return get(PINNED);
  }

  public static long contexts() {
    return get(CONTEXTS);
  }

  /** Kernels that were submitted or recorded. */
  public static long launches() {
    return get(LAUNCHES);
  }

  /** Kernels that ran. */
  public static long executed() {
    return get(EXECUTED);
  }

  public static long streams() {
    return get(STREAMS);
  }
}
