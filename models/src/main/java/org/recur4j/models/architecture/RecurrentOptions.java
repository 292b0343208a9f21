package org.recur4j.models.architecture;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.models.initialization.RecurrentInitialization;

/**
 * What surrounds the cells of a recurrent layer, whatever cells they are.
 *
 * @param direction which way
 * @param merge how two directions become one output; CONCATENATE where there is one direction
 * @param recurrentDropout probability of a zero in the mask on h′ before the recurrent weights, one
 *     mask for a whole sequence (Gal &amp; Ghahramani 2016), in [0, 1)
 * @param learnedInitialState whether the state before the first step is trained; else it is the
 *     cell's, usually zeros
 * @param initialization what the cells' weights start from
 */
public record RecurrentOptions(
    Direction direction,
    Merge merge,
    double recurrentDropout,
    boolean learnedInitialState,
    RecurrentInitialization initialization) {
  /** Checks merge and rate, and that nothing is missing. */
  public RecurrentOptions {
    InvalidArgumentException.requireGiven(direction, "recurrent layer", "direction");
    InvalidArgumentException.requireGiven(merge, "recurrent layer", "merge");
    InvalidArgumentException.requireGiven(initialization, "recurrent layer", "initialization");
    if (merge != Merge.CONCATENATE && direction != Direction.BIDIRECTIONAL) {
      throw new InvalidArgumentException(
          "recurrent layer",
          "merge " + merge + " in direction " + direction,
          "merge " + merge + " in direction " + Direction.BIDIRECTIONAL,
          "One direction has nothing to merge: make the layer bidirectional");
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
   * Nothing special.
   *
   * @param direction which way
   * @return concatenated, no dropout, the cell's own initial state, weights as the network's
   */
  public static RecurrentOptions of(Direction direction) {
    return new RecurrentOptions(
        direction, Merge.CONCATENATE, 0, false, RecurrentInitialization.asNetwork());
  }

  /**
   * The same in another direction; a merge is kept where there still are two directions.
   *
   * @param value which way
   * @return a changed copy
   */
  public RecurrentOptions direction(Direction value) {
    Merge kept = value == Direction.BIDIRECTIONAL ? merge : Merge.CONCATENATE;
    return new RecurrentOptions(value, kept, recurrentDropout, learnedInitialState, initialization);
  }

  /**
   * The same in both directions, merged so.
   *
   * @param value how
   * @return a changed copy, bidirectional
   */
  public RecurrentOptions merge(Merge value) {
    return new RecurrentOptions(
        Direction.BIDIRECTIONAL, value, recurrentDropout, learnedInitialState, initialization);
  }

  /**
   * The same with variational recurrent dropout.
   *
   * @param rate in [0, 1)
   * @return a changed copy
   */
  public RecurrentOptions recurrentDropout(double rate) {
    return new RecurrentOptions(direction, merge, rate, learnedInitialState, initialization);
  }

  /**
   * The same with or without a trained initial state.
   *
   * @param value whether it is trained
   * @return a changed copy
   */
  public RecurrentOptions learnedInitialState(boolean value) {
    return new RecurrentOptions(direction, merge, recurrentDropout, value, initialization);
  }

  /**
   * The same with other initial weights.
   *
   * @param value the rule
   * @return a changed copy
   */
  public RecurrentOptions initialization(RecurrentInitialization value) {
    return new RecurrentOptions(direction, merge, recurrentDropout, learnedInitialState, value);
  }

  /**
   * Features of the output.
   *
   * @param hiddenSize H of the cell
   * @return H, or 2·H of two directions that are concatenated
   */
  public int outputSize(int hiddenSize) {
    return direction == Direction.BIDIRECTIONAL ? merge.outputSize(hiddenSize) : hiddenSize;
  }

  /**
   * What summaries call a layer.
   *
   * @param cell the cell's name
   * @param inputSize I
   * @param hiddenSize H
   * @return e.g. {@code "bidirectional LSTM 32→64, sum"}
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
