package org.recur4j.examples.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.api.backend.Candidate;
import org.recur4j.models.comparison.Estimate;
import org.recur4j.models.comparison.PairwiseRatio;
import org.recur4j.models.parity.Divergence;
import org.recur4j.models.parity.ParityReport;
import org.recur4j.models.parity.TensorDifference;

/** A comparison for machines: maps, lists, texts and numbers; null where there is no number. */
public final class ComparisonDocument {
  private ComparisonDocument() {}

  /**
   * Everything.
   *
   * @param report the comparison
   * @return a document that a JSON library writes as it is
   */
  public static Map<String, Object> of(ComparisonReport report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("title", report.title());
    document.put("settings", report.settings());
    document.put("environment", report.manifest());
    document.put("backends", report.backends());
    document.put("absent", report.absent().stream().map(ComparisonDocument::absent).toList());
    document.put("figures", report.figures().stream().map(ComparisonDocument::figure).toList());
    document.put(
        "judgments", report.judgments().stream().map(ComparisonDocument::judgment).toList());
    document.put("parity", report.parity().stream().map(ComparisonDocument::parity).toList());
    Map<String, Object> losses = new LinkedHashMap<>();
    report
        .curves()
        .forEach(
            curve ->
                losses.put(
                    curve.backend(),
                    Arrays.stream(curve.losses()).mapToObj(ComparisonDocument::number).toList()));
    document.put("losses", losses);
    document.put("caveats", report.caveats());
    document.put("notes", report.notes());
    document.put("sweep", report.sweep().map(ComparisonDocument::sweep).orElse(null));
    document.put("recommendation", report.recommendation());
    return document;
  }

  private static Map<String, Object> absent(Candidate candidate) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("backend", candidate.name());
    if (candidate.availability() instanceof Unavailable unavailable) {
      row.put("reason", unavailable.reason());
      row.put("remedy", unavailable.remedy());
    }
    return row;
  }

  private static Map<String, Object> figure(Figure figure) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("measure", figure.measure());
    row.put("unit", figure.unit());
    row.put("backend", figure.backend());
    row.put("value", number(figure.value()));
    row.put("low", number(figure.low()));
    row.put("high", number(figure.high()));
    row.put("note", figure.note());
    return row;
  }

  private static Map<String, Object> judgment(Judgment judgment) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("measure", judgment.measure());
    row.put("winner", judgment.winner());
    List<Object> contrasts = new ArrayList<>();
    for (PairwiseRatio contrast : judgment.contrasts()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("first", contrast.first());
      map.put("second", contrast.second());
      map.put("ratio", number(contrast.ratio().value()));
      map.put("low", number(contrast.ratio().low()));
      map.put("high", number(contrast.ratio().high()));
      map.put("confidence", contrast.ratio().confidence());
      map.put("rounds", contrast.ratio().count());
      map.put("outcome", contrast.outcome().name());
      contrasts.add(map);
    }
    row.put("contrasts", contrasts);
    return row;
  }

  private static Map<String, Object> parity(ParityReport parity) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("backend", parity.backend().name());
    row.put("plans", parity.isFused() ? "fused" : "portable");
    row.put("chosen", ParityName.isChoice(parity));
    row.put("reference", parity.reference().name() + " in FLOAT64");
    row.put("loss", number(parity.loss()));
    row.put("referenceLoss", number(parity.referenceLoss()));
    List<Object> choices = new ArrayList<>();
    parity
        .choices()
        .forEach(
            choice -> {
              Map<String, Object> map = new LinkedHashMap<>();
              map.put("layer", choice.layer());
              map.put("recurrence", choice.recurrence());
              map.put("engine", choice.report().verdict().engine());
              map.put("fused", choice.report().verdict().fused());
              map.put("reason", choice.report().verdict().reason());
              choices.add(map);
            });
    row.put("choices", choices);
    List<Object> tensors = new ArrayList<>();
    for (TensorDifference tensor : parity.tensors()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("way", tensor.stage().name());
      map.put("layer", tensor.layer());
      map.put("quantity", tensor.quantity());
      map.put("elements", tensor.elements());
      map.put("absolute", number(tensor.absolute()));
      map.put("relative", number(tensor.relative()));
      map.put("ulps", number(tensor.ulps()));
      map.put("ulpsOfLargest", number(tensor.ulpsOfLargest()));
      map.put("shareOfTolerance", number(tensor.share()));
      map.put("beyond", tensor.beyond());
      tensors.add(map);
    }
    row.put("tensors", tensors);
    row.put("firstDivergence", parity.first().map(Divergence::toString).orElse(null));
    return row;
  }

  private static List<Object> sweep(Sweep sweep) {
    List<Object> points = new ArrayList<>();
    for (Sweep.Point point : sweep.points()) {
      Map<String, Object> row = new LinkedHashMap<>(point.sizes());
      Map<String, Object> steps = new LinkedHashMap<>();
      point.steps().forEach((backend, time) -> steps.put(backend, milliseconds(time)));
      row.put("stepMilliseconds", steps);
      row.putAll(judgment(point.judgment()));
      row.put("stillGettingFaster", point.falling());
      points.add(row);
    }
    return points;
  }

  private static Map<String, Object> milliseconds(Estimate seconds) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("median", number(1e3 * seconds.value()));
    row.put("low", number(1e3 * seconds.low()));
    row.put("high", number(1e3 * seconds.high()));
    row.put("rounds", seconds.count());
    return row;
  }

  /** JSON has no word for "not a number". */
  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
