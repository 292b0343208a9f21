package org.recur4j.models.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files as no writer would write them. */
public final class RawFile {
  private RawFile() {}

  static Path write(Path file, String header, int dataBytes) {
    return write(file, header.getBytes(StandardCharsets.UTF_8), new byte[dataBytes]);
  }

  static Path write(Path file, byte[] header, byte[] data) {
    ByteBuffer content =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return write(file, content.putLong(header.length).put(header).put(data).array());
  }

  static Path write(Path file, byte[] content) {
    try {
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
