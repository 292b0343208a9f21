package org.recur4j.examples.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recur4j.api.backend.Candidate;
import org.recur4j.models.parity.ParityReport;

/**
 * What a comparison came to.
 *
 * @param title what was compared
 * @param settings sizes, rates, seed
 * @param manifest where and with what
 * @param backends names of those that were measured
 * @param absent those that could not be, with the reason
 * @param figures one a measure and backend
 * @param judgments who is the fastest at what
 * @param curves losses
 * @param parity how far each backend is from double precision, with the plans that it chose and, if
 *     some were fused, behind it with portable ones; empty with a note
 * @param caveats why the figures should be doubted; mostly none
 * @param notes what is to be known to read the figures right
 * @param sweep winners by size, if it was asked for
 */
public record ComparisonReport(
    String title,
    Map<String, String> settings,
    Map<String, String> manifest,
    List<String> backends,
    List<Candidate> absent,
    List<Figure> figures,
    List<Judgment> judgments,
    List<Curve> curves,
    List<ParityReport> parity,
    List<String> caveats,
    List<String> notes,
    Optional<Sweep> sweep) {
  /** Copies lists and maps. */
  public ComparisonReport {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    manifest = Collections.unmodifiableMap(new LinkedHashMap<>(manifest));
    backends = List.copyOf(backends);
    absent = List.copyOf(absent);
    figures = List.copyOf(figures);
    judgments = List.copyOf(judgments);
    curves = List.copyOf(curves);
    parity = List.copyOf(parity);
    caveats = List.copyOf(caveats);
    notes = List.copyOf(notes);
  }

  /**
   * The measures in the order in which they were taken.
   *
   * @return names, each once
   */
  public List<String> measures() {
    return figures.stream().map(Figure::measure).distinct().toList();
  }

  /**
   * One figure.
   *
   * @param measure its measure
   * @param backend its backend
   * @return the figure, if there is one
   */
  public Optional<Figure> figure(String measure, String backend) {
    return figures.stream()
        .filter(f -> f.measure().equals(measure) && f.backend().equals(backend))
        .findFirst();
  }

  /**
   * What to do with the figures.
   *
   * @return sentences; the sweep's where there is one
   */
  public List<String> recommendation() {
    List<String> sentences = new ArrayList<>();
    for (Judgment judgment : judgments) {
      judgment.recommendation().ifPresent(sentences::add);
    }
    if (sentences.isEmpty()) {
      sentences.add("Only " + backends.get(0) + " could be measured: there is nothing to choose.");
    }
    sweep.ifPresent(s -> sentences.addAll(s.recommendation()));
    return sentences;
  }
}
