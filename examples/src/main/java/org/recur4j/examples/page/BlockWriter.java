package org.recur4j.examples.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes blocks as markup. */
final class BlockWriter {
  /** A figure with or without a unit; "–" is one that is not there. */
  private static final Pattern FIGURE =
      Pattern.compile("[-−+±≤<>≈]? ?[0-9][0-9., ]*(e[-+]?[0-9]+)?( ?[^0-9\\s]{1,5})?|–|");

  private final Markup page;

  BlockWriter(Markup page) {
    this.page = page;
  }

  void write(Block block) {
    if (block instanceof Paragraph paragraph) {
      page.raw("<p>").text(paragraph.text()).raw("</p>\n");
    } else if (block instanceof TableBlock table) {
      table(table.headers(), table.rows());
    } else if (block instanceof Manifest manifest) {
      page.raw("<dl class=\"manifest\">\n");
      manifest
          .entries()
          .forEach(
              (key, value) ->
                  page.raw("<div><dt>")
                      .text(key)
                      .raw("</dt><dd>")
                      .text(value)
                      .raw("</dd></div>\n"));
      page.raw("</dl>\n");
    } else {
      throw new IllegalStateException(block.getClass().getName());
    }
  }

  void table(List<String> headers, List<List<String>> rows) {
    List<String> kinds = new ArrayList<>();
    for (int c = 0; c < headers.size(); c++) {
      int column = c;
      boolean figures =
          !rows.isEmpty() && rows.stream().allMatch(r -> FIGURE.matcher(r.get(column)).matches());
      kinds.add(figures ? " class=\"figure\"" : "");
    }
    page.raw("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>");
    for (int c = 0; c < headers.size(); c++) {
      page.raw("<th scope=\"col\"" + kinds.get(c) + ">").text(headers.get(c)).raw("</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      page.raw("<tr>");
      for (int c = 0; c < row.size(); c++) {
        page.raw("<td" + kinds.get(c) + ">").text(row.get(c)).raw("</td>");
      }
      page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n");
  }
}
