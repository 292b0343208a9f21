package org.recur4j.models.training;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.recur4j.models.training.model.Trainable;

/**
 * Digests of the contents of a list of examples. They depend on the order, because batches are
 * drawn by index. Each digest covers a block of examples, which is a single example if the list is
 * short, so that a difference can be located without a digest for every example.
 *
 * @param examples the number of examples
 * @param digits the first eight bytes of the SHA-256 of each block, in hexadecimal
 */
record ExampleFingerprint(int examples, String digits) {
  private static final int MOST_BLOCKS = 4096;
  private static final int DIGITS = 16;
  private static final int BUFFER_BYTES = 1 << 16;

  static <E> ExampleFingerprint of(Trainable<E> trainable, List<E> examples) {
    MessageDigest digest = sha256();
    StringBuilder digits = new StringBuilder();
    int block = blockSize(examples.size());
    try (DataOutputStream content =
        new DataOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest), BUFFER_BYTES))) {
      for (int from = 0; from < examples.size(); from += block) {
        for (E example : examples.subList(from, Math.min(from + block, examples.size()))) {
          trainable.writeContent(example, content);
        }
        content.flush();
        digits.append(HexFormat.of().formatHex(digest.digest(), 0, DIGITS / 2));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Trainable.writeContent failed", e);
    }
    return new ExampleFingerprint(examples.size(), digits.toString());
  }

  private static int blockSize(int examples) {
    return Math.max(1, (int) (((long) examples + MOST_BLOCKS - 1) / MOST_BLOCKS));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "SHA-256 is required on every Java platform but missing on this one.", e);
    }
  }

  /** Returns the text that a checkpoint stores. */
  String text() {
    return examples + " " + digits;
  }

  /**
   * Compares this fingerprint with the text stored in a checkpoint.
   *
   * @param kept the stored text
   * @param name the name of an example in the message
   * @return the first difference; empty if there is none
   */
  Optional<String> difference(String kept, String name) {
    if (kept.equals(text())) {
      return Optional.empty();
    }
    String[] parts = kept.split(" ", 2);
    if (parts.length < 2 || !parts[0].equals("" + examples)) {
      return Optional.of(examples + " " + name + "s, but the checkpoint has " + parts[0]);
    }
    int first = firstDifference(parts[1]) / DIGITS * blockSize(examples);
    int last = Math.min(examples, first + blockSize(examples)) - 1;
    return Optional.of(
        first == last
            ? "another " + name + " " + first
            : "another " + name + " among numbers " + first + " to " + last);
  }

  private int firstDifference(String other) {
    int same = 0;
    while (same < Math.min(digits.length(), other.length())
        && digits.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }
}
