package org.recur4j.models.session;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The sessions of many clients, any of which step together as one batch: for servers. Each client's
 * state stays here until it is removed; those who do not step keep theirs.
 *
 * <pre>{@code
 * try (SessionBatch clients = network.sessions(100)) {
 *   int anna = clients.add();
 *   int ben = clients.add();
 *   int[] now = {ben, anna};
 *   clients.step(now, 2, inputs, answers); // row 0 is Ben's, row 1 Anna's
 *   SessionState kept = clients.snapshot(anna); // goes on in a Session, too
 *   clients.remove(anna);
 * }
 * }</pre>
 *
 * <p>A step of n clients costs a step of n rows, or of up to half as many more: steps are prepared
 * for some sizes, and what is in the other rows is not kept. A state moves only when a client steps
 * that did not step the last time. A step allocates neither tensors nor, on the Java backend, heap.
 *
 * <p>Each client's answers are those of a {@link Session} of its own, whoever steps beside it and
 * in whatever order: on the Java backend bit for bit, on others within the conformance kit's
 * tolerance, because a library may compute a product of other rows in another order.
 *
 * <p>One thread at a time; a second one is refused. Any number of batches may share a network.
 */
public interface SessionBatch extends AutoCloseable {
  /**
   * How many clients there may be at once.
   *
   * @return as asked for
   */
  int capacity();

  /**
   * How many clients there are.
   *
   * @return 0 … capacity
   */
  int clients();

  /**
   * Adds a client that has read nothing.
   *
   * @return its number, at least 0; after it is removed the number is refused, and not given again
   *     before two thousand million others
   * @throws InvalidArgumentException if there are as many as the capacity
   */
  int add();

  /**
   * Adds a client that goes on from a state, e.g. of a {@link Session} or of another process.
   *
   * @param from one row of this network
   * @return its number, as {@link #add()}
   * @throws InvalidArgumentException if it is another model's or has more rows, or if there are as
   *     many clients as the capacity; nothing has changed then
   */
  int add(SessionState from);

  /**
   * Forgets a client.
   *
   * @param client its number
   * @throws InvalidArgumentException if there is no such client
   */
  void remove(int client);

  /**
   * One step of some clients, of a network that reads vectors. Arrays may be longer than needed, so
   * that a server can use the same ones again.
   *
   * @param active the clients' numbers, none twice, in any order; the first {@code count} are read
   * @param count n, 0 … {@link #clients}; with 0 nothing happens
   * @param input {@code [n · F]}, one client's features after the other's, in the order of {@code
   *     active}; finite numbers
   * @param answers {@code [n · C]}, overwritten, in the same order
   * @throws InvalidArgumentException if a client, a size or a number is wrong; nothing has moved
   *     then
   */
  void step(int[] active, int count, float[] input, float[] answers);

  /**
   * One step of some clients, of a network that reads indices. Arrays may be longer than needed.
   *
   * @param active as {@link #step(int[], int, float[], float[])}
   * @param count n, 0 … {@link #clients}; with 0 nothing happens
   * @param input {@code [n]}, an index each, or −1 for padding (zeros), in the order of {@code
   *     active}
   * @param answers {@code [n · C]}, overwritten, in the same order
   * @throws InvalidArgumentException if a client, a size or an index is wrong; nothing has moved
   *     then
   */
  void step(int[] active, int count, int[] input, float[] answers);

  /**
   * What the network remembers of a client.
   *
   * @param client its number
   * @return a state of one row, which a {@link Session} of this model can go on from
   * @throws InvalidArgumentException if there is no such client
   */
  SessionState snapshot(int client);

  /**
   * Lets a client go on from a state.
   *
   * @param client its number
   * @param from a snapshot of one row, of this class or of a {@link Session}
   * @throws InvalidArgumentException if there is no such client, or the state is another model's or
   *     has more rows; nothing has moved then
   */
  void restore(int client, SessionState from);

  /**
   * Lets a client begin anew.
   *
   * @param client its number
   * @throws InvalidArgumentException if there is no such client
   */
  void reset(int client);

  @Override
  void close();
}
