package org.recur4j.models.session;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.network.Network;

/**
 * A network that reads its sequences one step at a time, as they arrive, and remembers what it has
 * read. A step allocates neither tensors nor, on the Java backend, heap. Any number of sessions may
 * share a network; each belongs to one thread at a time.
 *
 * <p>Answers are those of {@link Network#predict}: probabilities of classes or labels, or values.
 * Of a many-to-one network each step gives the answer to the sequence so far. On the Java backend
 * they are the whole sequence's bit for bit, on others within the conformance kit's tolerance.
 */
public interface Session extends AutoCloseable {
  /**
   * Number of sequences that step together.
   *
   * @return B
   */
  int rows();

  /**
   * One step of every row.
   *
   * @param input {@code [B · F]}, one row's features after the other's; finite numbers
   * @param answers {@code [B · C]}, overwritten
   * @throws InvalidArgumentException if sizes or numbers are wrong; nothing has moved then
   */
  void step(float[] input, float[] answers);

  /**
   * One step of the only row.
   *
   * @param input an index of the vocabulary, or −1 for padding (zeros)
   * @param answers {@code [C]}, overwritten
   * @throws InvalidArgumentException if the session has more rows, or an index or a size is wrong;
   *     nothing has moved then
   */
  void step(int input, float[] answers);

  /**
   * One step of every row.
   *
   * @param input {@code [B]}, an index each, or −1 for padding (zeros)
   * @param answers {@code [B · C]}, overwritten
   * @throws InvalidArgumentException if an index or a size is wrong; nothing has moved then
   */
  void step(int[] input, float[] answers);

  /**
   * A step as a function: {@code (y, s′) = step(x, s)}. The session's own state stays what it is.
   *
   * @param input as {@link #step(float[], float[])}
   * @param from the state before
   * @return answers and the state after
   */
  StepResult step(float[] input, SessionState from);

  /**
   * A step as a function: {@code (y, s′) = step(x, s)}. The session's own state stays what it is.
   *
   * @param input as {@link #step(int, float[])}
   * @param from the state before
   * @return answers and the state after
   */
  StepResult step(int input, SessionState from);

  /**
   * What the network remembers now.
   *
   * @return a value; later steps do not change it
   */
  SessionState snapshot();

  /**
   * What the network remembers of one row: it may go on in another session.
   *
   * @param row 0 … B − 1
   * @return a state of one row
   */
  SessionState snapshot(int row);

  /**
   * Goes on from a state.
   *
   * @param from a snapshot of this network with as many rows
   * @throws InvalidArgumentException if it is another model's or has other rows; nothing has moved
   *     then
   */
  void restore(SessionState from);

  /**
   * Lets one row go on from a state.
   *
   * @param row 0 … B − 1
   * @param from a snapshot of this network with one row
   * @throws InvalidArgumentException if it is another model's or has other rows; nothing has moved
   *     then
   */
  void restore(int row, SessionState from);

  /** Forgets everything: the next step is every row's first. */
  void reset();

  /**
   * Forgets one row: its next step is its first.
   *
   * @param row 0 … B − 1
   */
  void reset(int row);

  @Override
  void close();
}
