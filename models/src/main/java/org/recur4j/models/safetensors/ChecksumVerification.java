package org.recur4j.models.safetensors;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.recur4j.models.file.ModelFileChannel;
import org.recur4j.models.file.ModelFileException;

/** Compares an open file with the checksums in its metadata, if it has them. */
final class ChecksumVerification {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final String REMEDY =
      "The file is damaged: take a fresh copy. If another program rewrote it on purpose, let that program drop "
          + FileDigest.DATA_KEY
          + " and "
          + FileDigest.HEADER_KEY
          + " from the metadata.";

  private final ModelFileChannel channel;
  private final SafeTensorsHeader header;

  private ChecksumVerification(ModelFileChannel channel, SafeTensorsHeader header) {
    this.channel = channel;
    this.header = header;
  }

  /**
   * Refuses a file that is not what its checksums say; {@code text} is the header as it stands in
   * the file.
   */
  static void verify(ModelFileChannel channel, byte[] text, SafeTensorsHeader header) {
    new ChecksumVerification(channel, header).verify(text);
  }

  /**
   * One without the other is damage: a flipped bit in a key's name must not switch its check off.
   */
  private void verify(byte[] text) {
    String ofHeader = storedDigest(FileDigest.HEADER_KEY);
    String ofData = storedDigest(FileDigest.DATA_KEY);
    if (ofHeader == null && ofData == null) {
      return;
    }
    if (ofHeader == null || ofData == null) {
      throw ModelFileException.unreadable(
          channel.file(),
          "only one of the checksums " + FileDigest.DATA_KEY + " and " + FileDigest.HEADER_KEY,
          "both or none",
          REMEDY);
    }
    compare("header", ofHeader, FileDigest.ofHeader(text, ofHeader));
    compare(
        "data section", ofData, digestOfData(SafeTensorsHeader.LENGTH_BYTES + (long) text.length));
  }

  private String digestOfData(long dataStart) {
    MessageDigest digest = FileDigest.sha256();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    for (long at = 0; at < header.dataBytes(); at += CHUNK_BYTES) {
      chunk.clear().limit((int) Math.min(CHUNK_BYTES, header.dataBytes() - at));
      channel.readAt(dataStart + at, chunk);
      digest.update(chunk.flip());
    }
    return FileDigest.digits(digest);
  }

  private String storedDigest(String key) {
    String stored = header.metadata().get(key);
    if (stored != null && !FileDigest.isDigest(stored)) {
      throw ModelFileException.unreadable(
          channel.file(),
          "a text of " + stored.length() + " characters as metadata " + key,
          "64 lower-case hexadecimal digits",
          REMEDY);
    }
    return stored;
  }

  private void compare(String what, String expected, String got) {
    if (!got.equals(expected)) {
      throw ModelFileException.unreadable(
          channel.file(),
          "a " + what + " with SHA-256 " + got,
          expected + " as its metadata says",
          REMEDY);
    }
  }
}
