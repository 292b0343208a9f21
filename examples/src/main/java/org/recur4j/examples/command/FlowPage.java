package org.recur4j.examples.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.recur4j.examples.flow.FlowMap;
import org.recur4j.examples.flow.FlowResult;
import org.recur4j.examples.flow.FlowRow;
import org.recur4j.examples.page.Block;
import org.recur4j.examples.page.HeatMap;
import org.recur4j.examples.page.Line;
import org.recur4j.examples.page.LineChart;
import org.recur4j.examples.page.Manifest;
import org.recur4j.examples.page.Page;
import org.recur4j.examples.page.Paragraph;
import org.recur4j.examples.page.TableBlock;
import org.recur4j.examples.task.Task;
import org.recur4j.models.diagnosis.Diagnosis;
import org.recur4j.models.diagnosis.FlowSnapshot;
import org.recur4j.models.diagnosis.Remedy;

/** What was seen, as a page. */
final class FlowPage {
  private static final int POINTS = 100;

  private FlowPage() {}

  static Page of(Task task, Map<String, String> manifest, List<FlowResult> results) {
    Page page =
        new Page(
            "Gradients through time: " + task.name(),
            task.description()
                + " By how much does the gradient of the last answer change on its way back to the"
                + " first step, and what can be done about it?");
    page.section("Verdicts", verdicts(results).toArray(Block[]::new));
    page.section(
        "Figures",
        new TableBlock(
            FlowRow.heading(),
            results.stream().flatMap(result -> FlowRow.of(result).stream()).toList()),
        new Paragraph(
            "A step back, over all: the factor by which the gradient's norm changes, by a straight"
                + " line through the norms' logarithms. Below 1/e, below 1 %: steps back until the"
                + " norm is so small beside the last step's; the last step of an LSTM answers at"
                + " once and the others through the cell, so that a norm may fall there and stay"
                + " well from then on. Jacobian: the spectral norm of the"
                + " derivative of a state by the one before it. Radius: of the recurrent weights,"
                + " one a gate. Saturated: gates within 0.05 of an end of their range. Largest ‖∇‖:"
                + " of all batches, before clipping."));
    page.section(
        "The way back", curves("Fresh weights", results, 0), curves("After training", results, -1));
    if (results.stream().anyMatch(result -> result.losses().length > 0)) {
      page.section("While they train", course(results).toArray(Block[]::new));
    }
    page.section("What can be tried", remedies(results).toArray(Block[]::new));
    return page.section("Where the figures come from", new Manifest(manifest));
  }

  private static List<Block> verdicts(List<FlowResult> results) {
    List<List<String>> rows = new ArrayList<>();
    for (FlowResult result : results) {
      String end = result.end().isEmpty() ? "" : "; " + result.end();
      rows.add(
          List.of(
              result.name(), result.course() + end, result.last().worst().diagnosis().reason()));
    }
    return List.of(
        new Paragraph(
            "A gradient is well while it changes by less than a factor of "
                + Math.round(Diagnosis.TOLERATED)
                + " over a whole sequence. In parentheses: the training steps at which it was seen"
                + " so. Each layer is looked at; the one that ails most counts."),
        new TableBlock(List.of("NETWORK", "COURSE", "AT THE END"), rows));
  }

  private static LineChart curves(String title, List<FlowResult> results, int look) {
    List<Line> lines = new ArrayList<>();
    for (FlowResult result : results) {
      FlowSnapshot snapshot = look < 0 ? result.last() : result.snapshots().get(look);
      FlowMap.Curve curve = FlowMap.curve(snapshot);
      int[] points = thinned(curve.times().length);
      lines.add(
          new Line(
              result.name(),
              Arrays.stream(points).mapToDouble(i -> curve.times()[i]).toArray(),
              Arrays.stream(points).mapToDouble(i -> curve.norms()[i]).toArray()));
    }
    return new LineChart(title, "time step t", "‖∂L/∂h‖ at t", true, lines);
  }

  /** Places of so many points that a curve still looks like one, the first and last among them. */
  private static int[] thinned(int count) {
    int[] places = new int[Math.min(POINTS, count)];
    Arrays.setAll(places, i -> (int) ((long) i * (count - 1) / Math.max(1, places.length - 1)));
    return places;
  }

  private static List<Block> course(List<FlowResult> results) {
    List<Block> blocks = new ArrayList<>();
    List<Line> losses = new ArrayList<>();
    for (FlowResult result : results) {
      List<FlowSnapshot> snapshots = result.snapshots();
      losses.add(
          new Line(
              result.name(),
              snapshots.stream().mapToDouble(FlowSnapshot::step).toArray(),
              snapshots.stream().mapToDouble(FlowSnapshot::loss).toArray()));
    }
    blocks.add(
        new LineChart("Loss of the sequences looked at", "training step", "loss", true, losses));
    blocks.add(
        new Paragraph(
            "What is more than "
                + Math.round(FlowMap.DECADES)
                + " decades from the gradient at the last step is drawn as if it were no further."
                + (results.size() > 1
                    ? " The maps have one scale: the same color is the same figure in all."
                    : "")));
    List<HeatMap> maps = new ArrayList<>();
    for (FlowResult result : results) {
      FlowMap map = FlowMap.of(result.snapshots());
      maps.add(
          new HeatMap(
              result.name(),
              "training step",
              "time step t",
              map.steps().toArray(String[]::new),
              reversed(map.times().toArray(String[]::new)),
              reversed(map.decades()),
              "decades from the gradient at the last step"));
    }
    blocks.addAll(HeatMap.inOneRange(maps));
    return blocks;
  }

  /** Rows run from top to bottom, time from bottom to top. */
  private static <T> T[] reversed(T[] rows) {
    T[] turned = rows.clone();
    for (int i = 0; i < rows.length; i++) {
      turned[i] = rows[rows.length - 1 - i];
    }
    return turned;
  }

  private static List<Block> remedies(List<FlowResult> results) {
    Set<Remedy> remedies = new LinkedHashSet<>();
    results.forEach(result -> remedies.addAll(result.remedies()));
    if (remedies.isEmpty()) {
      return List.of(new Paragraph("Nothing ails these gradients."));
    }
    return List.of(
        new TableBlock(
            List.of("--remedy", "WHAT IT DOES"),
            remedies.stream()
                .map(remedy -> List.of(remedy.word(), remedy.description()))
                .toList()));
  }
}
