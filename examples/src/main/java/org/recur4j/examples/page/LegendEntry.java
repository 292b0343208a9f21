package org.recur4j.examples.page;

/**
 * What a symbol of a chart stands for.
 *
 * @param symbol its drawing, 38 wide and 14 high
 * @param name what it stands for
 */
record LegendEntry(String symbol, String name) {
  static final int WIDTH = 38;
  static final int HEIGHT = 14;
}
