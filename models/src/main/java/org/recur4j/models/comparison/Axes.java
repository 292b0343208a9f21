package org.recur4j.models.comparison;

/** What the elements of a tensor mean, and when they are computed within their operation. */
sealed interface Axes permits PlainAxes, SeriesAxes, LastAxes, WeightAxes {
  /** The moment of what is there before the first step. */
  long BEFORE = -1;

  /** The moment of what is complete after the last step. */
  long AFTER = Long.MAX_VALUE / 16;

  /** Elements with a smaller moment are computed before. */
  long moment(int element);

  /** Within a moment: the gate, in the stored order. */
  default int rank(int element) {
    return 0;
  }

  /** Elements from one gate's to the next gate's; 0 without gates. */
  default int gateDistance() {
    return 0;
  }

  /** Its coordinates. */
  Place place(int element);

  /** Smaller is computed before. */
  default long order(int element) {
    return 8 * moment(element) + rank(element);
  }
}
