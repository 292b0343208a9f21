package org.recur4j.models.safetensors;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.recur4j.models.file.ModelFileChannel;
import org.recur4j.models.file.ModelFileException;

/** Verifies the checksums in the metadata of an open file, if there are any. */
final class ChecksumVerification {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final String REMEDY =
      "The file is damaged; use a fresh copy. If another program changed it intentionally, that program must remove "
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

  /** Verifies a file; {@code text} is the header as stored in the file. */
  static void verify(ModelFileChannel channel, byte[] text, SafeTensorsHeader header) {
    new ChecksumVerification(channel, header).verify(text);
  }

  /**
   * Refuses a file with only one of the checksums, so that a flipped bit in the name of a key does
   * not disable its check.
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
          "both or neither",
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
          "64 lowercase hexadecimal digits",
          REMEDY);
    }
    return stored;
  }

  private void compare(String what, String expected, String got) {
    if (!got.equals(expected)) {
      throw ModelFileException.unreadable(
          channel.file(),
          "a " + what + " with SHA-256 " + got,
          expected + " as stated in its metadata",
          REMEDY);
    }
  }
}
