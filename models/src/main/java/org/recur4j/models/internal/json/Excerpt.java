package org.recur4j.models.internal.json;

import java.util.regex.Pattern;

/** Text of a file in an error message. */
public final class Excerpt {
  private static final int LENGTH = 60;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Excerpt() {}

  /**
   * The beginning of a text: a damaged file's texts must not flood the screen or move its cursor.
   *
   * @param text of a file
   * @return at most 60 characters, and an ellipsis where there were more; control characters are
   *     replaced
   */
  public static String of(String text) {
    String start = text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
    return CONTROL.matcher(start).replaceAll("\uFFFD");
  }
}
