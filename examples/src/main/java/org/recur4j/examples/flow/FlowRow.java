package org.recur4j.examples.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.recur4j.models.diagnosis.Decay;
import org.recur4j.models.diagnosis.FlowSnapshot;
import org.recur4j.models.diagnosis.GateSaturation;
import org.recur4j.models.diagnosis.LayerFlow;

/** A network's figures as people read them: those of the layer that ails most. */
public final class FlowRow {
  private static final String NOT_MEASURED = "not measured";

  private FlowRow() {}

  /**
   * What the columns hold.
   *
   * @return one heading a column of {@link #of}
   */
  public static List<String> heading() {
    return List.of(
        "NETWORK",
        "AT STEP",
        "GRADIENT",
        "A STEP BACK",
        "OVER ALL",
        "BELOW 1/e",
        "BELOW 1 %",
        "JACOBIAN MEAN",
        "LARGEST",
        "RADIUS",
        "SATURATED",
        "LARGEST ‖∇‖",
        "LOSS");
  }

  /**
   * Two rows a network: fresh and trained; one where nothing was trained.
   *
   * @param result of one network
   * @return a cell a column
   */
  public static List<List<String>> of(FlowResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(result, result.snapshots().get(0), "", number(result.snapshots().get(0).loss())));
    if (result.snapshots().size() > 1) {
      rows.add(row(result, result.last(), power(result.largestNorm()), number(result.finalLoss())));
    }
    return rows;
  }

  private static List<String> row(
      FlowResult result, FlowSnapshot snapshot, String largest, String loss) {
    LayerFlow flow = snapshot.worst();
    Decay decay = flow.decay();
    return List.of(
        result.name(),
        Long.toString(snapshot.step()),
        flow.diagnosis().kind().toString(),
        Double.isNaN(decay.perStep()) ? "nothing" : "× " + number(decay.perStep()),
        Double.isNaN(decay.overall()) ? "nothing" : "× " + power(decay.overall()),
        horizon(decay.horizonE()),
        horizon(decay.horizonPercent()),
        flow.jacobian().map(j -> number(j.mean())).orElse(NOT_MEASURED),
        flow.jacobian().map(j -> number(j.largest())).orElse(NOT_MEASURED),
        radii(flow),
        saturation(flow),
        largest,
        loss);
  }

  private static String radii(LayerFlow flow) {
    return flow.spectralRadii().isEmpty()
        ? NOT_MEASURED
        : flow.spectralRadii().stream().map(FlowRow::number).collect(Collectors.joining(" "));
  }

  private static String saturation(LayerFlow flow) {
    if (flow.saturation().isEmpty()) {
      return flow.jacobian().isPresent() ? "has no ends" : NOT_MEASURED;
    }
    return flow.saturation().stream().map(FlowRow::one).collect(Collectors.joining(" "));
  }

  private static String one(GateSaturation gate) {
    return String.format(Locale.ROOT, "%s %.0f %%", gate.gate(), 100 * gate.share());
  }

  private static String horizon(int steps) {
    return steps < 0 ? "never" : steps + " steps";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String power(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
