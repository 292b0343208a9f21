package org.recur4j.models.network;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.layer.Passes;

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
public final class SessionBatch implements AutoCloseable {
  private final Network network;
  private final int capacity;
  private final int features;
  private final int outputs;
  private final Scope scope;
  private final Passes passes;
  private final StateRows table;
  private final ClientRows clients;
  private final StepPrograms programs;
  private final OneThread thread =
      new OneThread(
          "Collect the clients' inputs in one thread, or open sessions(…) for each thread");

  SessionBatch(Network network, int capacity) {
    SessionRules.check(network.architecture(), capacity);
    this.network = network;
    this.capacity = capacity;
    this.features = Math.max(1, network.architecture().features());
    this.outputs = network.architecture().outputs();
    Backend backend = network.backend();
    this.scope = backend.scope("sessions");
    this.passes = new Passes(scope.child("passes"));
    boolean recorded = false;
    try {
      NetworkState all = StepProgram.initial(network, capacity, scope).copy(backend, scope);
      this.table = new StateRows(network, capacity, all.parts());
      this.clients = new ClientRows(table, scope);
      this.programs = new StepPrograms(table, all, scope, passes);
      recorded = true;
    } finally {
      if (!recorded) {
        close();
      }
    }
  }

  /**
   * How many clients there may be at once.
   *
   * @return as asked for
   */
  public int capacity() {
    return capacity;
  }

  /**
   * How many clients there are.
   *
   * @return 0 … capacity
   */
  public int clients() {
    return clients.clients();
  }

  /**
   * Adds a client that has read nothing.
   *
   * @return its number, at least 0; after it is removed the number is refused, and not given again
   *     before two thousand million others
   * @throws InvalidArgumentException if there are as many as the capacity
   */
  public int add() {
    thread.enter();
    try {
      if (clients.isFull()) {
        throw SessionRules.refuse(
            "one more client than the capacity of " + capacity,
            "at most " + capacity + " at once",
            "Remove one that is gone, or open sessions(…) with a larger capacity");
      }
      int client = clients.add();
      begin(client);
      return client;
    } finally {
      thread.leave();
    }
  }

  /**
   * Adds a client that goes on from a state, e.g. of a {@link Session} or of another process.
   *
   * @param from one row of this network
   * @return its number, as {@link #add()}
   * @throws InvalidArgumentException if it is another model's or has more rows, or if there are as
   *     many clients as the capacity; nothing has changed then
   */
  public int add(SessionState from) {
    table.check(from, 1);
    int client = add();
    restore(client, from);
    return client;
  }

  /**
   * Forgets a client.
   *
   * @param client its number
   * @throws InvalidArgumentException if there is no such client
   */
  public void remove(int client) {
    thread.enter();
    try {
      check(client);
      clients.remove(client);
    } finally {
      thread.leave();
    }
  }

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
  public void step(int[] active, int count, float[] input, float[] answers) {
    thread.enter();
    try {
      if (network.architecture().readsIndices()) {
        throw SessionRules.refuse(
            "features", "indices, which this network reads", "Hand over int[] input");
      }
      checkSizes(active, count, input.length, answers.length);
      for (int i = 0; i < count * features; i++) {
        if (!Float.isFinite(input[i])) {
          throw SessionRules.refuse(
              input[i] + " as feature " + i % features + " of client " + active[i / features],
              "finite numbers",
              "Replace what is missing before");
        }
      }
      if (gather(active, count)) {
        for (int i = 0; i < count; i++) {
          programs.put(clients.row(active[i]), input, i * features);
        }
        run(active, count, answers);
      }
    } finally {
      thread.leave();
    }
  }

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
  public void step(int[] active, int count, int[] input, float[] answers) {
    thread.enter();
    try {
      if (!network.architecture().readsIndices()) {
        throw SessionRules.refuse(
            "indices", "features, which this network reads", "Hand over float[] input");
      }
      checkSizes(active, count, input.length, answers.length);
      for (int i = 0; i < count; i++) {
        if (input[i] < -1 || input[i] >= network.architecture().vocabulary()) {
          throw SessionRules.refuse(
              "index " + input[i] + " for client " + active[i],
              "an index in [-1, " + network.architecture().vocabulary() + ")",
              "Encode the text with the vocabulary that the network was trained with");
        }
      }
      if (gather(active, count)) {
        for (int i = 0; i < count; i++) {
          programs.put(clients.row(active[i]), input[i]);
        }
        run(active, count, answers);
      }
    } finally {
      thread.leave();
    }
  }

  /** Brings the clients' states to the first rows; false if there are none. */
  private boolean gather(int[] active, int count) {
    clients.begin();
    for (int i = 0; i < count; i++) {
      check(active[i]);
      if (!clients.call(active[i])) {
        throw SessionRules.refuse(
            "client " + active[i] + " twice in one step",
            "each client once",
            "Step the client again in the next call");
      }
    }
    clients.gather(active, count);
    return count > 0;
  }

  private void run(int[] active, int count, float[] answers) {
    programs.run(count);
    for (int i = 0; i < count; i++) {
      programs.take(clients.row(active[i]), answers, i * outputs);
    }
  }

  /**
   * What the network remembers of a client.
   *
   * @param client its number
   * @return a state of one row, which a {@link Session} of this model can go on from
   * @throws InvalidArgumentException if there is no such client
   */
  public SessionState snapshot(int client) {
    thread.enter();
    try {
      check(client);
      return table.snapshot(clients.row(client), 1);
    } finally {
      thread.leave();
    }
  }

  /**
   * Lets a client go on from a state.
   *
   * @param client its number
   * @param from a snapshot of one row, of this class or of a {@link Session}
   * @throws InvalidArgumentException if there is no such client, or the state is another model's or
   *     has more rows; nothing has moved then
   */
  public void restore(int client, SessionState from) {
    thread.enter();
    try {
      check(client);
      table.check(from, 1);
      table.restore(clients.row(client), 1, from);
    } finally {
      thread.leave();
    }
  }

  /**
   * Lets a client begin anew.
   *
   * @param client its number
   * @throws InvalidArgumentException if there is no such client
   */
  public void reset(int client) {
    thread.enter();
    try {
      check(client);
      begin(client);
    } finally {
      thread.leave();
    }
  }

  private void begin(int client) {
    try (Scope own = scope.child("reset")) {
      table.reset(clients.row(client), 1, own);
    }
  }

  private void check(int client) {
    if (!clients.has(client)) {
      throw SessionRules.refuse(
          "client " + client + ", who is not here",
          "one of the " + clients.clients() + " clients that were added and not removed",
          "Use the number that add() gave, until remove");
    }
  }

  private void checkSizes(int[] active, int count, int inputs, int room) {
    if (count < 0 || count > active.length || count > clients.clients()) {
      throw SessionRules.refuse(
          count + " active clients, " + active.length + " numbers",
          "0 to " + clients.clients() + " clients, a number each",
          "Count those that step now");
    }
    if (inputs < count * features || room < count * outputs) {
      throw SessionRules.refuse(
          inputs + " numbers in, room for " + room + " out",
          count * features + " in and " + count * outputs + " out, for " + count + " client(s)",
          "Size the arrays for as many clients as may step at once");
    }
  }

  @Override
  public void close() {
    thread.close();
    passes.close();
    scope.close();
  }
}
