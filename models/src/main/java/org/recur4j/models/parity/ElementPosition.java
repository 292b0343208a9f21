package org.recur4j.models.parity;

/**
 * The position of an element in a recurrent computation. Missing coordinates are −1 or empty.
 *
 * @param direction {@code "forward"} or {@code "reverse"}; empty outside recurrent layers
 * @param step t, from 0
 * @param gate name of the gate, for example {@code "f (forget)"}; empty if there are no gates
 * @param row row of the batch, from 0
 * @param unit feature of a vector, or row of a weight matrix (within its gate), from 0
 * @param column column of a weight matrix, from 0
 */
public record ElementPosition(
    String direction, int step, String gate, int row, int unit, int column) {
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    add(text, direction.isEmpty() ? "" : direction + " direction");
    add(text, step < 0 ? "" : "time step " + step);
    add(text, gate.isEmpty() ? "" : "gate " + gate);
    add(text, row < 0 ? "" : "batch row " + row);
    add(text, unit < 0 ? "" : "unit " + unit);
    add(text, column < 0 ? "" : "column " + column);
    return text.toString();
  }

  private static void add(StringBuilder text, String part) {
    if (!part.isEmpty()) {
      text.append(text.isEmpty() ? "" : ", ").append(part);
    }
  }
}
