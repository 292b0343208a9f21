package org.recur4j.models.safetensors;

/** Lossless conversions of the two 16-bit floating types. */
final class SmallFloats {
  private static final int EXPONENT_OF_SUBNORMALS = -24;

  private SmallFloats() {}

  /** Converts IEEE 754 binary16: 1 sign, 5 exponent (bias 15) and 10 fraction bits. */
  static float fromBinary16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >>> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = Math.scalb((float) fraction, EXPONENT_OF_SUBNORMALS);
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }

  /** Converts the upper half of a binary32. */
  static float fromBrainFloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
