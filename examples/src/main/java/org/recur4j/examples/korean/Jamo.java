package org.recur4j.examples.korean;

import java.text.Normalizer;
import java.util.Arrays;
import org.recur4j.models.data.DataException;

/**
 * Korean text as indices, jamo by jamo: a Hangul syllable is three steps, its initial consonant,
 * its vowel and its final consonant or "none"; blanks and marks are one step each.
 *
 * <p>Jamo rather than syllables: sound changes are about the final of one syllable and the initial
 * of the next, so a network that sees jamo has 67 symbols to learn instead of 11,172, most of which
 * no training word has.
 *
 * <p>The arithmetic is that of the Unicode Standard, section 3.12: a syllable's code point is
 * {@code U+AC00 + (initial · 21 + vowel) · 28 + final}.
 */
public final class Jamo {
  /** Marks that may stand in a text, each a step of its own; the underline is a blank to fill. */
  public static final String MARKS = " ,.!?_";

  private static final int FIRST_SYLLABLE = 0xAC00;
  private static final int INITIALS = 19;
  private static final int VOWELS = 21;
  private static final int FINALS = 28;
  private static final int SYLLABLES = INITIALS * VOWELS * FINALS;
  private static final int FIRST_VOWEL = INITIALS;
  private static final int FIRST_FINAL = FIRST_VOWEL + VOWELS;
  private static final int FIRST_MARK = FIRST_FINAL + FINALS;
  private static final char UNREADABLE = '\uFFFD';

  private Jamo() {}

  /**
   * Number of indices.
   *
   * @return 19 initials, 21 vowels, 27 finals and "none", and the marks
   */
  public static int size() {
    return FIRST_MARK + MARKS.length();
  }

  /**
   * A text as indices.
   *
   * @param text Hangul syllables, precomposed or of conjoining jamo, and {@link #MARKS}
   * @param source where it comes from, for the message
   * @return three steps for each syllable, one for each mark
   * @throws DataException if there is anything else in it
   */
  public static int[] encode(String text, String source) {
    return encodeComposed(Normalizer.normalize(text, Normalizer.Form.NFC), source);
  }

  private static int[] encodeComposed(String text, String source) {
    int[] steps = new int[text.length() * 3];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      int syllable = text.charAt(i) - FIRST_SYLLABLE;
      int mark = MARKS.indexOf(text.charAt(i));
      if (syllable >= 0 && syllable < SYLLABLES) {
        steps[length++] = syllable / (VOWELS * FINALS);
        steps[length++] = FIRST_VOWEL + syllable / FINALS % VOWELS;
        steps[length++] = FIRST_FINAL + syllable % FINALS;
      } else if (mark >= 0) {
        steps[length++] = FIRST_MARK + mark;
      } else {
        throw new DataException(
            source,
            "the character '" + Character.toString(text.codePointAt(i)) + "'",
            "Hangul syllables, blanks and the marks" + MARKS,
            "Write it in Hangul.");
      }
    }
    return Arrays.copyOf(steps, length);
  }

  /**
   * Indices as a text.
   *
   * @param steps as {@link #encode} gives them
   * @return the text; U+FFFD where three steps are not an initial, a vowel and a final
   */
  public static String decode(int... steps) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < steps.length) {
      if (isMark(steps[at])) {
        text.append(MARKS.charAt(steps[at] - FIRST_MARK));
        at++;
      } else if (isSyllable(steps, at)) {
        int vowel = steps[at + 1] - FIRST_VOWEL;
        int last = steps[at + 2] - FIRST_FINAL;
        text.append((char) (FIRST_SYLLABLE + (steps[at] * VOWELS + vowel) * FINALS + last));
        at += 3;
      } else {
        text.append(UNREADABLE);
        at += Math.min(3, steps.length - at);
      }
    }
    return text.toString();
  }

  /**
   * Whether a syllable ends in a consonant, which decides the particle that follows.
   *
   * @param syllable a Hangul syllable
   * @return true for 국, false for 구
   */
  public static boolean endsInConsonant(char syllable) {
    return (syllable - FIRST_SYLLABLE) % FINALS != 0;
  }

  private static boolean isMark(int step) {
    return step >= FIRST_MARK && step < size();
  }

  private static boolean isSyllable(int[] steps, int at) {
    return at + 2 < steps.length
        && steps[at] >= 0
        && steps[at] < FIRST_VOWEL
        && steps[at + 1] >= FIRST_VOWEL
        && steps[at + 1] < FIRST_FINAL
        && steps[at + 2] >= FIRST_FINAL
        && steps[at + 2] < FIRST_MARK;
  }
}
