package org.recur4j.models.internal.assembly;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.DataType;

/**
 * The SHA-256 of a network's architecture and weights, which tells whether a session state belongs
 * to them. It is computed on request, and again only after weights have changed.
 */
final class NetworkFingerprint {
  private final LayerStack stack;
  private long version;
  private String digits;

  NetworkFingerprint(LayerStack stack) {
    this.stack = stack;
  }

  /**
   * Returns 64 lower-case hexadecimal digits, the same on every backend that holds the same bits.
   */
  synchronized String digits() {
    long now = 0;
    for (Parameter parameter : stack.parameters()) {
      now += parameter.value().version();
    }
    if (digits == null || now != version) {
      digits = compute();
      version = now;
    }
    return digits;
  }

  private String compute() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ArchitectureJson.write(stack.architecture()).getBytes(StandardCharsets.UTF_8));
      for (Parameter parameter : stack.parameters()) {
        digest.update(parameter.name().getBytes(StandardCharsets.UTF_8));
        digest.update(bytes(parameter).flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }

  private ByteBuffer bytes(Parameter parameter) {
    double[] values = new double[parameter.value().size()];
    stack.backend().download(parameter.value(), values, 0);
    boolean single = parameter.value().dataType() == DataType.FLOAT32;
    ByteBuffer bytes = ByteBuffer.allocate(values.length * (single ? 4 : 8));
    for (double value : values) {
      if (single) {
        bytes.putFloat((float) value);
      } else {
        bytes.putDouble(value);
      }
    }
    return bytes;
  }
}
