package org.recur4j.models.network;

import java.util.Locale;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.internal.assembly.SummaryTable;
import org.recur4j.models.internal.layer.Layer;

/** Formats a network as a table. */
final class Summary {
  private Summary() {}

  static String of(Network network) {
    SummaryTable table = new SummaryTable();
    Architecture architecture = network.architecture();
    boolean folded = architecture.topology() == Topology.ONE_TO_ONE;
    for (int i = 0; i < network.stack().layers().size(); i++) {
      Layer layer = network.stack().layers().get(i);
      folded |= i == architecture.fold();
      long count = layer.parameters().stream().mapToLong(p -> p.value().size()).sum();
      table.add(
          layer.name(),
          (folded ? "[B, " : "[T, B, ") + layer.outputSize() + "]",
          count,
          layer.engine());
    }
    table.add(
        "total",
        "",
        network.parameterCount(),
        "answers with "
            + architecture.answer().name().toLowerCase(Locale.ROOT)
            + (network.inferenceOnly() ? ", inference only, " + network.precision() : ""));
    return table.toString();
  }
}
