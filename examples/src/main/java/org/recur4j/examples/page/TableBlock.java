package org.recur4j.examples.page;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A table that scrolls inside itself where the screen is narrow. Columns of figures stand to the
 * right.
 *
 * @param headers of the columns, at least one
 * @param rows as many cells each as there are headers
 */
public record TableBlock(List<String> headers, List<List<String>> rows) implements Block {
  /**
   * Checks the rows.
   *
   * @throws InvalidArgumentException if a row has another number of cells than the headers
   */
  public TableBlock {
    headers = List.copyOf(headers);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (headers.isEmpty() || row.size() != headers.size()) {
        throw new InvalidArgumentException(
            "table of a page",
            "the row " + row + " below the headers " + headers,
            "as many cells as headers, at least one",
            "Give every row a cell for each header; an empty text is one");
      }
    }
  }
}
