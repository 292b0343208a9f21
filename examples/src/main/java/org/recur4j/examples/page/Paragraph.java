package org.recur4j.examples.page;

import java.util.Objects;

/**
 * Running text.
 *
 * @param text plain, never markup; line breaks count as blanks
 */
public record Paragraph(String text) implements Block {
  /** Refuses to be without a text. */
  public Paragraph {
    Objects.requireNonNull(text);
  }
}
