package org.recur4j.models.architecture;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.models.initialization.RecurrentInitialization;

/**
 * The options of a recurrent layer that do not depend on its kind of cell.
 *
 * @param direction direction in which sequences are read
 * @param merge merge mode of two directions; CONCATENATE if there is one direction
 * @param recurrentDropout probability of zeroing a unit of h′ before the product with the recurrent
 *     weights, one mask per sequence (Gal &amp; Ghahramani 2016), in [0, 1)
 * @param learnedInitialState whether the initial state is trained; if not, it is the cell's,
 *     usually zeros
 * @param initialization initialization of the cells' weights
 */
public record RecurrentOptions(
    Direction direction,
    Merge merge,
    double recurrentDropout,
    boolean learnedInitialState,
    RecurrentInitialization initialization) {
  /** Validates merge mode and rate, and that nothing is missing. */
  public RecurrentOptions {
    InvalidArgumentException.requireGiven(direction, "recurrent layer", "direction");
    InvalidArgumentException.requireGiven(merge, "recurrent layer", "merge");
    InvalidArgumentException.requireGiven(initialization, "recurrent layer", "initialization");
    if (merge != Merge.CONCATENATE && direction != Direction.BIDIRECTIONAL) {
      throw new InvalidArgumentException(
          "recurrent layer",
          "merge " + merge + " in direction " + direction,
          "merge " + merge + " in direction " + Direction.BIDIRECTIONAL,
          "Make the layer bidirectional, because one direction has nothing to merge");
    }
    if (!(recurrentDropout >= 0 && recurrentDropout < 1)) {
      throw new InvalidArgumentException(
          "recurrent dropout",
          "rate " + recurrentDropout,
          "a rate in [0, 1)",
          "Use for instance 0.25");
    }
  }

  /**
   * Returns the default options.
   *
   * @param direction direction in which sequences are read
   * @return concatenation, no dropout, the cell's own initial state, the network's initialization
   */
  public static RecurrentOptions of(Direction direction) {
    return new RecurrentOptions(
        direction, Merge.CONCATENATE, 0, false, RecurrentInitialization.asNetwork());
  }

  /**
   * Returns the same options with the given direction. The merge mode is kept if the layer stays
   * bidirectional.
   *
   * @param value new direction
   * @return a changed copy
   */
  public RecurrentOptions direction(Direction value) {
    Merge kept = value == Direction.BIDIRECTIONAL ? merge : Merge.CONCATENATE;
    return new RecurrentOptions(value, kept, recurrentDropout, learnedInitialState, initialization);
  }

  /**
   * Returns the same options for both directions, with the given merge mode.
   *
   * @param value merge mode
   * @return a changed copy, bidirectional
   */
  public RecurrentOptions merge(Merge value) {
    return new RecurrentOptions(
        Direction.BIDIRECTIONAL, value, recurrentDropout, learnedInitialState, initialization);
  }

  /**
   * Returns the same options with variational recurrent dropout.
   *
   * @param rate probability of zeroing a unit, in [0, 1)
   * @return a changed copy
   */
  public RecurrentOptions recurrentDropout(double rate) {
    return new RecurrentOptions(direction, merge, rate, learnedInitialState, initialization);
  }

  /**
   * Returns the same options with or without a trained initial state.
   *
   * @param value whether it is trained
   * @return a changed copy
   */
  public RecurrentOptions learnedInitialState(boolean value) {
    return new RecurrentOptions(direction, merge, recurrentDropout, value, initialization);
  }

  /**
   * Returns the same options with the given initialization.
   *
   * @param value initialization of the weights
   * @return a changed copy
   */
  public RecurrentOptions initialization(RecurrentInitialization value) {
    return new RecurrentOptions(direction, merge, recurrentDropout, learnedInitialState, value);
  }

  /**
   * Returns the size of the output.
   *
   * @param hiddenSize H of one direction
   * @return H, or 2·H for two concatenated directions
   */
  public int outputSize(int hiddenSize) {
    return direction == Direction.BIDIRECTIONAL ? merge.outputSize(hiddenSize) : hiddenSize;
  }

  /**
   * Returns the description of a layer for summaries.
   *
   * @param cell name of the cell
   * @param inputSize I
   * @param hiddenSize H
   * @return for example {@code "bidirectional LSTM 32→64, sum"}
   */
  public String describe(String cell, int inputSize, int hiddenSize) {
    StringBuilder text = new StringBuilder();
    if (direction != Direction.FORWARD) {
      text.append(direction.name().toLowerCase(java.util.Locale.ROOT)).append(' ');
    }
    text.append(cell).append(' ').append(inputSize).append('→').append(hiddenSize);
    if (merge != Merge.CONCATENATE) {
      text.append(", ").append(merge.name().toLowerCase(java.util.Locale.ROOT));
    }
    if (recurrentDropout > 0) {
      text.append(", recurrent dropout ").append(recurrentDropout);
    }
    if (learnedInitialState) {
      text.append(", learned initial state");
    }
    return text.append(initialization.note()).toString();
  }
}
