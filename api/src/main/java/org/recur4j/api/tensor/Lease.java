package org.recur4j.api.tensor;

/** One loan of a pooled storage: all views of a tensor share it, and it ends with its scope. */
final class Lease {
  final Storage storage;
  final int size;
  String owner;
  boolean open = true;
  long version;

  Lease(Storage storage, int size, String owner) {
    this.storage = storage;
    this.size = size;
    this.owner = owner;
  }
}
