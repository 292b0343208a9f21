package org.recur4j.examples.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recur4j.examples.page.Block;
import org.recur4j.examples.page.Paragraph;
import org.recur4j.examples.page.TableBlock;
import org.recur4j.examples.page.WinnerMap;
import org.recur4j.models.comparison.Estimate;

/** Where each backend wins. */
final class SweepBlocks {
  private SweepBlocks() {}

  static Block[] of(Sweep sweep) {
    List<Block> blocks = new ArrayList<>();
    sweep.recommendation().forEach(sentence -> blocks.add(new Paragraph(sentence)));
    if (!sweep.points().isEmpty()) {
      blocks.add(map(sweep));
      blocks.add(table(sweep));
    }
    return blocks.toArray(Block[]::new);
  }

  private static WinnerMap map(Sweep sweep) {
    Sweep.Axis down = sweep.axes().get(0);
    Optional<Sweep.Axis> across =
        sweep.axes().size() > 1 ? Optional.of(sweep.axes().get(1)) : Optional.empty();
    List<Integer> columns = across.map(Sweep.Axis::values).orElse(List.of(0));
    String[][] winners = new String[down.values().size()][columns.size()];
    String[][] notes = new String[winners.length][columns.size()];
    for (String[] row : winners) {
      Arrays.fill(row, "");
    }
    for (String[] row : notes) {
      Arrays.fill(row, "");
    }
    for (Sweep.Point point : sweep.points()) {
      int row = down.values().indexOf(point.sizes().get(down.size()));
      int column = across.map(a -> a.values().indexOf(point.sizes().get(a.size()))).orElse(0);
      String winner = point.judgment().winner();
      boolean decided = !winner.equals(Judgment.UNDECIDED);
      winners[row][column] = decided ? winner : "";
      notes[row][column] = decided ? point.judgment().factor() : "no significant difference";
    }
    return new WinnerMap(
        "Fastest training step",
        across.map(Sweep.Axis::size).orElse(""),
        down.size(),
        across.map(SweepBlocks::names).orElse(new String[] {"as chosen"}),
        names(down),
        winners,
        notes);
  }

  private static String[] names(Sweep.Axis axis) {
    return axis.values().stream().map(value -> Integer.toString(value)).toArray(String[]::new);
  }

  private static TableBlock table(Sweep sweep) {
    List<String> backends = List.copyOf(sweep.points().get(0).steps().keySet());
    List<String> headers = new ArrayList<>();
    sweep.axes().forEach(axis -> headers.add(axis.size()));
    backends.forEach(backend -> headers.add(backend + ", ms a step (95 % interval)"));
    headers.add("Fastest");
    List<List<String>> rows = new ArrayList<>();
    for (Sweep.Point point : sweep.points()) {
      List<String> row = new ArrayList<>();
      point.sizes().values().forEach(value -> row.add(Integer.toString(value)));
      for (Map.Entry<String, Estimate> entry : point.steps().entrySet()) {
        row.add(entry.getValue().times(1e3).toString());
      }
      row.add(point.text());
      rows.add(row);
    }
    return new TableBlock(headers, rows);
  }
}
