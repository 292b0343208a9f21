package org.recur4j.models.safetensors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The two checksums of a model file, stored in its metadata as 64 lowercase hexadecimal digits. The
 * checksum of the data section covers exactly the bytes after the header. The checksum of the
 * header covers the header's bytes, including padding, with its own 64 digits replaced by zeros;
 * without it, a flipped bit could rename a tensor or change a setting unnoticed.
 */
final class FileDigest {
  static final String DATA_KEY = "recur4j.data_sha256";
  static final String HEADER_KEY = "recur4j.header_sha256";
  static final String PLACEHOLDER = "0".repeat(64);

  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

  private FileDigest() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }

  static String digits(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static boolean isDigest(String text) {
    return DIGITS.matcher(text).matches();
  }

  /** Returns the checksum of a header that contains {@code ownDigits} as its checksum. */
  static String ofHeader(byte[] header, String ownDigits) {
    byte[] copy = header.clone();
    byte[] digits = ownDigits.getBytes(StandardCharsets.US_ASCII);
    int at =
        indexOf(
            copy, ("\"" + HEADER_KEY + "\":\"" + ownDigits).getBytes(StandardCharsets.US_ASCII));
    if (at >= 0) {
      int first = at + HEADER_KEY.length() + 4;
      Arrays.fill(copy, first, first + digits.length, (byte) '0');
    }
    MessageDigest digest = sha256();
    digest.update(copy);
    return digits(digest);
  }

  private static int indexOf(byte[] text, byte[] part) {
    for (int i = 0; i + part.length <= text.length; i++) {
      if (Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }
}
