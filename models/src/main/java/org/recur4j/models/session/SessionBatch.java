package org.recur4j.models.session;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * A set of client sessions for servers, any subset of which can be stepped together as one batch.
 * The state of each client is kept until the client is removed; clients that are not part of a step
 * keep their state.
 *
 * <pre>{@code
 * try (SessionBatch clients = network.sessions(100)) {
 *   int anna = clients.add();
 *   int ben = clients.add();
 *   int[] now = {ben, anna};
 *   clients.step(now, 2, inputs, answers); // row 0 is Ben's, row 1 Anna's
 *   SessionState kept = clients.snapshot(anna); // a Session can restore it, too
 *   clients.remove(anna);
 * }
 * }</pre>
 *
 * <p>A step of n clients costs as much as a step of n to 1.5·n rows, because steps are prepared for
 * certain batch sizes; the surplus rows are ignored. A state is copied only when a client steps
 * that was not part of the previous step. A step allocates neither tensors nor, on the Java
 * backend, heap.
 *
 * <p>The predictions for each client are those of a separate {@link Session}, regardless of which
 * clients step with it and in which order: bit-equal on the Java backend, within the conformance
 * kit's tolerance on other backends, because a library may compute products of different shapes in
 * different orders.
 *
 * <p>A batch must be used by one thread at a time; concurrent use is refused. Any number of batches
 * may share a network.
 */
public interface SessionBatch extends AutoCloseable {
  /**
   * Returns the maximum number of clients.
   *
   * @return the capacity given at creation
   */
  int capacity();

  /**
   * Returns the current number of clients.
   *
   * @return 0 … capacity
   */
  int clients();

  /**
   * Adds a client in the initial state.
   *
   * @return the client number, at least 0; once the client is removed, its number is refused and is
   *     not assigned again before two billion others
   * @throws InvalidArgumentException if the number of clients has reached the capacity
   */
  int add();

  /**
   * Adds a client with a given state, for example one of a {@link Session} or of another process.
   *
   * @param from a state of this network with one row
   * @return the client number, as for {@link #add()}
   * @throws InvalidArgumentException if the state belongs to another model or has more than one
   *     row, or if the number of clients has reached the capacity; nothing is changed then
   */
  int add(SessionState from);

  /**
   * Removes a client and its state.
   *
   * @param client client number
   * @throws InvalidArgumentException if there is no such client
   */
  void remove(int client);

  /**
   * Runs one step for some clients of a network that reads vectors. Arrays may be longer than
   * needed, so that a server can reuse them.
   *
   * @param active numbers of distinct clients in any order; the first {@code count} are read
   * @param count n, 0 … {@link #clients}; 0 has no effect
   * @param input {@code [n · F]}, the features of one client after those of another, in the order
   *     of {@code active}; finite numbers
   * @param answers predictions, {@code [n · C]}, overwritten, in the same order
   * @throws InvalidArgumentException if a client, a size or a number is invalid; no state is
   *     changed then
   */
  void step(int[] active, int count, float[] input, float[] answers);

  /**
   * Runs one step for some clients of a network that reads indices. Arrays may be longer than
   * needed.
   *
   * @param active as for {@link #step(int[], int, float[], float[])}
   * @param count n, 0 … {@link #clients}; 0 has no effect
   * @param input {@code [n]}, one index per client, or −1 for padding (zeros), in the order of
   *     {@code active}
   * @param answers predictions, {@code [n · C]}, overwritten, in the same order
   * @throws InvalidArgumentException if a client, a size or an index is invalid; no state is
   *     changed then
   */
  void step(int[] active, int count, int[] input, float[] answers);

  /**
   * Returns the current state of a client.
   *
   * @param client client number
   * @return a state with one row, which a {@link Session} of this model can restore
   * @throws InvalidArgumentException if there is no such client
   */
  SessionState snapshot(int client);

  /**
   * Replaces the state of a client.
   *
   * @param client client number
   * @param from a snapshot with one row, of this batch or of a {@link Session}
   * @throws InvalidArgumentException if there is no such client, or the snapshot belongs to another
   *     model or has more than one row; no state is changed then
   */
  void restore(int client, SessionState from);

  /**
   * Resets a client to the initial state.
   *
   * @param client client number
   * @throws InvalidArgumentException if there is no such client
   */
  void reset(int client);

  @Override
  void close();
}
