package org.recur4j.models.safetensors;

import java.nio.ByteBuffer;

/**
 * The source of a tensor's bytes, which is read in chunks so that a large tensor need not be copied
 * as a whole.
 */
@FunctionalInterface
public interface TensorBytes {
  /**
   * Fills the rest of a chunk.
   *
   * @param firstByte position in the tensor of the chunk's first byte, a multiple of 8
   * @param chunk little-endian buffer, to be filled from its position to its limit
   */
  void copy(long firstByte, ByteBuffer chunk);
}
