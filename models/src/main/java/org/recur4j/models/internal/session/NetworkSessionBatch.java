package org.recur4j.models.internal.session;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.internal.assembly.LayerStack;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.session.NetworkState;
import org.recur4j.models.session.SessionBatch;
import org.recur4j.models.session.SessionState;

/** A session batch that records the computation of a step once per batch size and replays it. */
public final class NetworkSessionBatch implements SessionBatch {
  private final LayerStack stack;
  private final int capacity;
  private final int features;
  private final int outputs;
  private final Scope scope;
  private final Workspaces passes;
  private final StateRows table;
  private final ClientRows clients;
  private final StepPrograms programs;
  private final ThreadGuard thread =
      new ThreadGuard(
          "Collect the clients' inputs in one thread, or open sessions(…) for each thread");

  /**
   * Records the steps.
   *
   * @param stack layers of the network
   * @param capacity maximum number of clients
   */
  public NetworkSessionBatch(LayerStack stack, int capacity) {
    SessionRules.check(stack.architecture(), capacity);
    this.stack = stack;
    this.capacity = capacity;
    this.features = Math.max(1, stack.architecture().features());
    this.outputs = stack.architecture().outputs();
    Backend backend = stack.backend();
    this.scope = backend.scope("sessions");
    this.passes = new Workspaces(scope.child("passes"));
    boolean recorded = false;
    try {
      NetworkState all = stack.initialState(capacity, scope).copy(backend, scope);
      this.table = new StateRows(stack, capacity, all.parts());
      this.clients = new ClientRows(table, scope);
      this.programs = new StepPrograms(table, all, scope, passes);
      recorded = true;
    } finally {
      if (!recorded) {
        close();
      }
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int clients() {
    return clients.clients();
  }

  @Override
  public int add() {
    thread.enter();
    try {
      if (clients.isFull()) {
        throw SessionRules.refuse(
            "one more client than the capacity of " + capacity,
            "at most " + capacity + " at once",
            "Remove a client, or call sessions(…) with a larger capacity");
      }
      int client = clients.add();
      begin(client);
      return client;
    } finally {
      thread.leave();
    }
  }

  @Override
  public int add(SessionState from) {
    table.check(from, 1);
    int client = add();
    restore(client, from);
    return client;
  }

  @Override
  public void remove(int client) {
    thread.enter();
    try {
      check(client);
      clients.remove(client);
    } finally {
      thread.leave();
    }
  }

  @Override
  public void step(int[] active, int count, float[] input, float[] answers) {
    thread.enter();
    try {
      if (stack.architecture().readsIndices()) {
        throw SessionRules.refuse(
            "features", "indices, which this network reads", "Pass int[] input");
      }
      checkSizes(active, count, input.length, answers.length);
      for (int i = 0; i < count * features; i++) {
        if (!Float.isFinite(input[i])) {
          throw SessionRules.refuse(
              input[i] + " as feature " + i % features + " of client " + active[i / features],
              "finite numbers",
              "Replace missing values first");
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

  @Override
  public void step(int[] active, int count, int[] input, float[] answers) {
    thread.enter();
    try {
      if (!stack.architecture().readsIndices()) {
        throw SessionRules.refuse(
            "indices", "features, which this network reads", "Pass float[] input");
      }
      checkSizes(active, count, input.length, answers.length);
      for (int i = 0; i < count; i++) {
        if (input[i] < -1 || input[i] >= stack.architecture().vocabulary()) {
          throw SessionRules.refuse(
              "index " + input[i] + " for client " + active[i],
              "an index in [-1, " + stack.architecture().vocabulary() + ")",
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

  /** Moves the clients' states to the first rows; returns false if there are no clients. */
  private boolean gather(int[] active, int count) {
    clients.begin();
    for (int i = 0; i < count; i++) {
      check(active[i]);
      if (!clients.select(active[i])) {
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

  @Override
  public SessionState snapshot(int client) {
    thread.enter();
    try {
      check(client);
      return table.snapshot(clients.row(client), 1);
    } finally {
      thread.leave();
    }
  }

  @Override
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

  @Override
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
          "client " + client + ", which does not exist",
          "one of the " + clients.clients() + " clients that were added and not removed",
          "Use the number returned by add(), until the client is removed");
    }
  }

  private void checkSizes(int[] active, int count, int inputs, int room) {
    if (count < 0 || count > active.length || count > clients.clients()) {
      throw SessionRules.refuse(
          count + " active clients, an array of " + active.length + " numbers",
          "0 to " + clients.clients() + " clients, with one number each",
          "Pass the number of clients that step now");
    }
    if (inputs < count * features || room < count * outputs) {
      throw SessionRules.refuse(
          "arrays of " + inputs + " inputs and " + room + " outputs",
          count * features
              + " inputs and "
              + count * outputs
              + " outputs, for "
              + count
              + " client(s)",
          "Size the arrays for the largest number of clients that step together");
    }
  }

  @Override
  public void close() {
    thread.close();
    passes.close();
    scope.close();
  }
}
