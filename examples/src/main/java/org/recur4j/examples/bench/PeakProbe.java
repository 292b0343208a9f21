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
   * Reads rows of numbers again and again for some milliseconds, each once a turn.
   *
   * @param rows of equal length, a multiple of 512; a number of rows divisible by 8
   * @return bytes a nanosecond
   */
  double readBandwidth(float[][] rows);

  /** The vector module's loops where it is there, else plain Java's. */
  static PeakProbe best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainPeak();
    }
    try {
      // Compiled apart, because the module's warning cannot be silenced; hence by name.
      return (PeakProbe)
          Class.forName(PeakProbe.class.getPackageName() + ".VectorPeak")
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("VectorPeak was not built with the other classes", e);
    }
  }
}
