package org.recur4j.api.tensor;

import java.util.ArrayList;
import java.util.List;

/** Memory that keeps no numbers, only books. */
final class ArrayMemory extends Memory {
  static final class Block extends Storage {
    Block(DataType dataType, int capacity) {
      super(dataType, capacity);
    }
  }

  final List<Storage> released = new ArrayList<>();

  @Override
  protected Storage allocate(DataType dataType, int capacity) {
    return new Block(dataType, capacity);
  }

  @Override
  protected void release(Storage storage) {
    released.add(storage);
  }
}
