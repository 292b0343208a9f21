package org.recur4j.models.session;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.network.Network;

/**
 * Stateful inference that processes sequences one step at a time, as the steps arrive. A step
 * allocates neither tensors nor, on the Java backend, heap. Any number of sessions may share a
 * network; each session must be used by one thread at a time.
 *
 * <p>Predictions are those of {@link Network#predict}: probabilities of classes or labels, or
 * values. For a many-to-one network, each step returns the prediction for the sequence so far. On
 * the Java backend, predictions are bit-equal to those for the whole sequence; on other backends,
 * they agree within the conformance kit's tolerance.
 */
public interface Session extends AutoCloseable {
  /**
   * Returns the number of sequences that are stepped together.
   *
   * @return B
   */
  int rows();

  /**
   * Runs one step for every row.
   *
   * @param input {@code [B · F]}, the features of one row after those of another; finite numbers
   * @param answers predictions, {@code [B · C]}, overwritten
   * @throws InvalidArgumentException if a size or a number is invalid; the state is then unchanged
   */
  void step(float[] input, float[] answers);

  /**
   * Runs one step for the only row.
   *
   * @param input an index into the vocabulary, or −1 for padding (zeros)
   * @param answers predictions, {@code [C]}, overwritten
   * @throws InvalidArgumentException if the session has more than one row, or an index or a size is
   *     invalid; the state is then unchanged
   */
  void step(int input, float[] answers);

  /**
   * Runs one step for every row.
   *
   * @param input {@code [B]}, one index into the vocabulary per row, or −1 for padding (zeros)
   * @param answers predictions, {@code [B · C]}, overwritten
   * @throws InvalidArgumentException if an index or a size is invalid; the state is then unchanged
   */
  void step(int[] input, float[] answers);

  /**
   * Runs a step as a pure function, {@code (y, s′) = step(x, s)}, leaving the session's own state
   * unchanged.
   *
   * @param input as for {@link #step(float[], float[])}
   * @param from the state before the step
   * @return the predictions and the state after the step
   */
  StepResult step(float[] input, SessionState from);

  /**
   * Runs a step as a pure function, {@code (y, s′) = step(x, s)}, leaving the session's own state
   * unchanged.
   *
   * @param input as for {@link #step(int, float[])}
   * @param from the state before the step
   * @return the predictions and the state after the step
   */
  StepResult step(int input, SessionState from);

  /**
   * Returns the current state of all rows.
   *
   * @return a copy, unaffected by later steps
   */
  SessionState snapshot();

  /**
   * Returns the current state of one row, which another session can restore.
   *
   * @param row row index, 0 … B − 1
   * @return a state with one row
   */
  SessionState snapshot(int row);

  /**
   * Returns a part of a state by name, e.g. {@code part(snapshot(), 0, "c")}, the cell state of an
   * LSTM in the first recurrent layer.
   *
   * @param state a snapshot of this network, of any number of rows
   * @param layer recurrent layers counted from 0
   * @param name {@code "h"} or {@code "c"}, as {@link NetworkState#part}
   * @return {@code [rows of the state, H]}, row-major; a copy
   * @throws InvalidArgumentException if the state is another model's, or there is no such part
   */
  double[] part(SessionState state, int layer, String name);

  /**
   * Replaces the state of all rows.
   *
   * @param from a snapshot of this network with the same number of rows
   * @throws InvalidArgumentException if the snapshot belongs to another model or has a different
   *     number of rows; the state is then unchanged
   */
  void restore(SessionState from);

  /**
   * Replaces the state of one row.
   *
   * @param row row index, 0 … B − 1
   * @param from a snapshot of this network with one row
   * @throws InvalidArgumentException if the snapshot belongs to another model or has a different
   *     number of rows; the state is then unchanged
   */
  void restore(int row, SessionState from);

  /** Resets all rows to the initial state. */
  void reset();

  /**
   * Resets one row to the initial state.
   *
   * @param row row index, 0 … B − 1
   */
  void reset(int row);

  @Override
  void close();
}
