package org.recur4j.models.safetensors;

import java.nio.ByteBuffer;

/**
 * Where the writer gets a tensor's bytes from, piece by piece, so that a large tensor is never held
 * twice.
 */
@FunctionalInterface
public interface TensorBytes {
  /**
   * Fills the rest of a chunk.
   *
   * @param firstByte the place in the tensor of the chunk's first byte, a multiple of 8
   * @param chunk little-endian; must be filled from its position to its limit
   */
  void copy(long firstByte, ByteBuffer chunk);
}
