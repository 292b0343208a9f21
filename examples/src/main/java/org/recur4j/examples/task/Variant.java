package org.recur4j.examples.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.recur4j.api.recurrent.Direction;

/**
 * One network of a task.
 *
 * @param cell what remembers
 * @param direction how it reads; of an encoder–decoder, how the encoder does
 */
public record Variant(CellChoice cell, Direction direction) {
  private static final List<CellChoice> RECURRENT =
      List.of(CellChoice.LSTM, CellChoice.GRU, CellChoice.VANILLA);

  /** Refuses null. */
  public Variant {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(direction, "direction");
  }

  /**
   * LSTM, GRU and vanilla in each of these directions.
   *
   * @param directions the preferred one first
   * @return the preferred one first
   */
  public static List<Variant> cells(Direction... directions) {
    List<Variant> variants = new ArrayList<>();
    for (Direction direction : directions) {
      RECURRENT.forEach(cell -> variants.add(new Variant(cell, direction)));
    }
    return List.copyOf(variants);
  }

  /**
   * Whether it reads both ways.
   *
   * @return true for bidirectional
   */
  public boolean bidirectional() {
    return direction == Direction.BIDIRECTIONAL;
  }

  @Override
  public String toString() {
    return cell == CellChoice.NONE
        ? "none"
        : cell + " " + direction.name().toLowerCase(Locale.ROOT);
  }
}
