package org.recur4j.backend.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A pointer that can be moved to any address, so that a product allocates no pointer objects. It
 * owns no memory and serves one thread at a time.
 */
final class Cursor extends FloatPointer {
  Cursor() {
    super((Pointer) null);
  }

  Cursor at(long newAddress) {
    address = newAddress;
    return this;
  }
}
