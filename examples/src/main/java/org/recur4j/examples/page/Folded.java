package org.recur4j.examples.page;

import java.util.Objects;

/**
 * A long table behind a line that opens it.
 *
 * @param summary the line
 * @param table what it opens
 */
public record Folded(String summary, TableBlock table) implements Block {
  /** Refuses to be without either. */
  public Folded {
    Objects.requireNonNull(summary);
    Objects.requireNonNull(table);
  }
}
