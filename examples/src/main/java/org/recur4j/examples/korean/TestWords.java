package org.recur4j.examples.korean;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.recur4j.api.error.InvalidArgumentException;

/** How far the training texts keep away from the test words. */
public enum TestWords {
  /**
   * No training text is a test word. This is the plain reading of what is said of the published
   * figures, "no test word in training"; whether they are stricter is not known.
   */
  WHOLE,
  /**
   * Nor does one hold a test word of two or more syllables, nor does a compound begin or end with
   * any. (A test word of one syllable may stand inside a longer word: single syllables are in
   * everything.)
   */
  INSIDE;

  static TestWords of(String text) {
    return Arrays.stream(values())
        .filter(value -> value.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "Task " + SoundChangeTask.NAME,
                    "--" + SoundChangeTask.TEST_WORDS + " " + text,
                    Arrays.stream(values())
                        .map(TestWords::toString)
                        .collect(Collectors.joining(" or ")),
                    "Choose one of these"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
