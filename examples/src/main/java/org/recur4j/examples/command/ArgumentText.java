package org.recur4j.examples.command;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Tells an argument that Java could not read from one that it could. The system hands over bytes;
 * Java decodes them by the locale of the process, before the program begins, and puts U+FFFD, or on
 * Windows a question mark, where it cannot. A question about such a text is not the question that
 * was asked, and a file of such a name not the file that was meant.
 *
 * @param encoding by which Java decodes arguments and file names, {@code sun.jnu.encoding}
 * @param windows whether the system itself decodes them, into that encoding
 */
record ArgumentText(Charset encoding, boolean windows) {
  private static final char REPLACEMENT = '\uFFFD';

  /** How this Java machine decodes. */
  static ArgumentText ofThisMachine() {
    String name = System.getProperty("sun.jnu.encoding", "");
    boolean known = !name.isEmpty() && Charset.isSupported(name);
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return new ArgumentText(
        known ? Charset.forName(name) : StandardCharsets.UTF_8, system.startsWith("windows"));
  }

  /** Refuses an argument that is not what was typed. */
  void check(String argument) {
    if (argument.indexOf(REPLACEMENT) >= 0 || hasHalfPair(argument)) {
      throw refusal(argument, "in which characters were lost");
    }
    if (encoding.equals(StandardCharsets.UTF_8)) {
      return;
    }
    if (windows && argument.indexOf('?') >= 0) {
      throw refusal(argument, "in which '?' may stand for a character that was lost");
    }
    if (!windows && isUtf8(argument)) {
      throw refusal(argument, "which was UTF-8 and was read as something else");
    }
  }

  private static boolean hasHalfPair(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** Whether the bytes are those of UTF-8, which no other encoding's text is but by rare chance. */
  private boolean isUtf8(String argument) {
    if (argument.chars().allMatch(c -> c < 0x80)) {
      return false;
    }
    try {
      ByteBuffer bytes = encoding.newEncoder().encode(CharBuffer.wrap(argument));
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      // Or no bytes of that encoding at all: then it came from a program, not from a command line.
      return false;
    }
  }

  private InvalidArgumentException refusal(String argument, String how) {
    boolean utf8 = encoding.equals(StandardCharsets.UTF_8);
    return new InvalidArgumentException(
        "read the arguments",
        "'" + argument + "', " + how,
        utf8 ? "text in UTF-8" : "text in UTF-8, while Java reads arguments as " + encoding.name(),
        utf8
            ? "Write it in UTF-8"
            : windows
                ? "Choose UTF-8 in the system's language settings"
                : "Set LC_ALL=C.UTF-8, or start ./recur4j, which brings UTF-8 along");
  }
}
