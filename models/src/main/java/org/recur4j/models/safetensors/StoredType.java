package org.recur4j.models.safetensors;

import java.util.Optional;

/**
 * The element types of the safetensors format. The name of a constant is its name in the file. All
 * types are little-endian.
 */
public enum StoredType {
  /** One byte, 0 or 1. */
  BOOL(8),
  /** Four bits: one sign, two exponent, one mantissa. */
  F4(4),
  /** Six bits: one sign, two exponent, three mantissa. */
  F6_E2M3(6),
  /** Six bits: one sign, three exponent, two mantissa. */
  F6_E3M2(6),
  /** Unsigned byte. */
  U8(8),
  /** Signed byte. */
  I8(8),
  /** Eight-bit float with five exponent bits. */
  F8_E5M2(8),
  /** Eight-bit float with four exponent bits. */
  F8_E4M3(8),
  /** Eight-bit power of two. */
  F8_E8M0(8),
  /** Eight-bit float with four exponent bits, without negative zero. */
  F8_E4M3FNUZ(8),
  /** Eight-bit float with five exponent bits, without negative zero. */
  F8_E5M2FNUZ(8),
  /** Signed 16-bit integer. */
  I16(16),
  /** Unsigned 16-bit integer. */
  U16(16),
  /** IEEE 754 binary16. */
  F16(16),
  /** The upper half of an IEEE 754 binary32. */
  BF16(16),
  /** Signed 32-bit integer. */
  I32(32),
  /** Unsigned 32-bit integer. */
  U32(32),
  /** IEEE 754 binary32. */
  F32(32),
  /** Two IEEE 754 binary32: real and imaginary part. */
  C64(64),
  /** IEEE 754 binary64. */
  F64(64),
  /** Signed 64-bit integer. */
  I64(64),
  /** Unsigned 64-bit integer. */
  U64(64);

  private final int bits;

  StoredType(int bits) {
    this.bits = bits;
  }

  /**
   * Returns the size of one element.
   *
   * @return bits, 4 to 64; elements of fewer than 8 bits are packed without gaps
   */
  public int bits() {
    return bits;
  }

  /**
   * Returns the type of the given name.
   *
   * @param name name as in the file, uppercase
   * @return the type; empty if this version of the library does not support the name
   */
  public static Optional<StoredType> named(String name) {
    for (StoredType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
