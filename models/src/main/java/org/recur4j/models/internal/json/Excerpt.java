package org.recur4j.models.internal.json;

import java.util.regex.Pattern;

/** Excerpts of a file's text for exception messages. */
public final class Excerpt {
  private static final int LENGTH = 60;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Excerpt() {}

  /**
   * Returns the beginning of a text, so that the text of a damaged file does not flood a terminal
   * or control it.
   *
   * @param text text from a file
   * @return at most 60 characters, followed by an ellipsis if there are more, with control
   *     characters replaced
   */
  public static String of(String text) {
    String start = text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
    return CONTROL.matcher(start).replaceAll("\uFFFD");
  }
}
