package org.recur4j.examples.task;

import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.network.Networks;

/** What remembers in a variant of a task. */
public enum CellChoice {
  /** Elman's cell. */
  VANILLA,
  /** Long short-term memory. */
  LSTM,
  /** Gated recurrent units. */
  GRU,
  /** Nothing: no recurrence, to see what recurrence buys. */
  NONE;

  /**
   * A layer of such cells.
   *
   * @param hiddenSize H
   * @return its description, forward
   * @throws InvalidArgumentException for {@link #NONE}
   */
  public RecurrentLayerSpec layer(int hiddenSize) {
    return switch (this) {
      case VANILLA -> Networks.vanilla(hiddenSize);
      case LSTM -> Networks.lstm(hiddenSize);
      case GRU -> Networks.gru(hiddenSize);
      case NONE ->
          throw new InvalidArgumentException(
              "recurrent layer", "no cell", "vanilla, lstm or gru", "Build a dense network");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
