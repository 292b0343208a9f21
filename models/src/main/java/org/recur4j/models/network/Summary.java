package org.recur4j.models.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.models.layer.Layer;

/** A network as a table. */
final class Summary {
  private Summary() {}

  static String of(Network network) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"layer", "output", "parameters", "engine"});
    Architecture architecture = network.architecture();
    boolean folded = architecture.topology() == Topology.ONE_TO_ONE;
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      folded |= i == architecture.fold();
      long count = layer.parameters().stream().mapToLong(p -> p.value().size()).sum();
      rows.add(
          new String[] {
            layer.name(),
            (folded ? "[B, " : "[T, B, ") + layer.outputSize() + "]",
            String.format(Locale.ROOT, "%,d", count),
            layer.engine()
          });
    }
    rows.add(
        new String[] {
          "total",
          "",
          String.format(Locale.ROOT, "%,d", network.parameterCount()),
          "answers with " + architecture.answer().name().toLowerCase(Locale.ROOT)
        });
    return table(rows);
  }

  private static String table(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String pad = " ".repeat(widths[c] - row[c].length());
        line.append(c == 2 ? pad + row[c] : row[c] + pad).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
