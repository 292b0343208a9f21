package org.recur4j.models.internal.session;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * The assignment of clients to rows of a state table. Clients that step together are moved to the
 * first rows, so that a step reads and writes one block. Rows are moved only if the set of stepping
 * clients changes.
 *
 * <p>A client's number is its slot plus a multiple of the capacity, which differs each time the
 * slot is reused, so that the number of a removed client is refused rather than taken for another
 * client's.
 */
final class ClientRows {
  private final Backend backend;
  private final int capacity;
  private final int[] numbers;
  private final boolean[] live;
  private final int[] rowOf;
  private final int[] slotAt;
  private final int[] free;
  private final long[] selectedIn;
  private final Tensor[][] rows;
  private final Tensor[] spare;
  private int clients;
  private long selection;

  ClientRows(StateRows table, Scope scope) {
    this.backend = table.stack().backend();
    this.capacity = table.rows();
    this.numbers = new int[capacity];
    this.live = new boolean[capacity];
    this.rowOf = new int[capacity];
    this.slotAt = new int[capacity];
    this.free = new int[capacity];
    this.selectedIn = new long[capacity];
    for (int slot = 0; slot < capacity; slot++) {
      numbers[slot] = slot - capacity;
      rowOf[slot] = slot;
      slotAt[slot] = slot;
      free[slot] = capacity - 1 - slot;
    }
    int parts = table.parts().size();
    this.rows = new Tensor[parts][capacity];
    this.spare = new Tensor[parts];
    for (int part = 0; part < parts; part++) {
      Tensor whole = table.parts().get(part);
      for (int row = 0; row < capacity; row++) {
        rows[part][row] = table.window(whole, row, 1);
      }
      spare[part] = scope.create(whole.dataType(), rows[part][0].shape());
    }
  }

  int clients() {
    return clients;
  }

  boolean isFull() {
    return clients == capacity;
  }

  /** Adds a client; there must be a free row. */
  int add() {
    int slot = free[capacity - 1 - clients++];
    int number = numbers[slot] + capacity;
    numbers[slot] = number < 0 ? slot : number;
    live[slot] = true;
    return numbers[slot];
  }

  /** Removes a client, which must exist. */
  void remove(int client) {
    int slot = client % capacity;
    live[slot] = false;
    free[capacity - clients--] = slot;
  }

  boolean has(int client) {
    return client >= 0 && live[client % capacity] && numbers[client % capacity] == client;
  }

  /** Returns the current row of a client's state. */
  int row(int client) {
    return rowOf[client % capacity];
  }

  /** Begins the selection of clients for a step. */
  void begin() {
    selection++;
  }

  /** Selects a client; returns false if it was already selected since {@link #begin}. */
  boolean select(int client) {
    int slot = client % capacity;
    boolean first = selectedIn[slot] != selection;
    selectedIn[slot] = selection;
    return first;
  }

  /** Moves the selected clients to the rows below {@code count}, which is their number. */
  void gather(int[] selected, int count) {
    int place = 0;
    for (int i = 0; i < count; i++) {
      int slot = selected[i] % capacity;
      if (rowOf[slot] >= count) {
        while (selectedIn[slotAt[place]] == selection) {
          place++;
        }
        swap(slot, slotAt[place]);
      }
    }
  }

  private void swap(int slot, int other) {
    int from = rowOf[slot];
    int to = rowOf[other];
    for (int part = 0; part < rows.length; part++) {
      if (live[other]) {
        backend.kernels().copy(rows[part][to], spare[part]);
      }
      backend.kernels().copy(rows[part][from], rows[part][to]);
      if (live[other]) {
        backend.kernels().copy(spare[part], rows[part][from]);
      }
    }
    rowOf[slot] = to;
    rowOf[other] = from;
    slotAt[to] = slot;
    slotAt[from] = other;
  }
}
