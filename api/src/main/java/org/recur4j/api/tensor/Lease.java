package org.recur4j.api.tensor;

/** The use of a pooled storage by a tensor and all its views; it ends with the owning scope. */
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
