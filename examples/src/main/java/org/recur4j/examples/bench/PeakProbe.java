package org.recur4j.examples.bench;

/**
 * Loops that do nothing but what they measure: the ceiling under which every workload lies. One
 * thread.
 */
interface PeakProbe {
  /** What it is made of, for a person. */
  String description();

  /**
   * Multiplies and adds in registers for some milliseconds.
   *
   * @return operations a nanosecond, two for each fused multiply-add
   */
  double fusedMultiplyAdds();

  /**
   * Reads the same numbers again and again for some milliseconds.
   *
   * @param bytes how many; about so many are read in a turn
   * @return bytes a nanosecond; infinity where this probe cannot tell, which bounds nothing
   */
  double readBandwidth(long bytes);

  /** The vector module's loops where it is there, else plain Java's. */
  static PeakProbe best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainPeak();
    }
    try {
      // Compiled apart, because the module's warning cannot be silenced; hence by name.
      return Class.forName(PeakProbe.class.getPackageName() + ".VectorPeak")
          .asSubclass(PeakProbe.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("VectorPeak was not built with the other classes", e);
    }
  }
}
