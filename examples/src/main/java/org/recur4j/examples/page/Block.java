package org.recur4j.examples.page;

/** A part of a section. */
public sealed interface Block
    permits Paragraph, TableBlock, Folded, LineChart, BarChart, HeatMap, WinnerMap, Manifest {}
