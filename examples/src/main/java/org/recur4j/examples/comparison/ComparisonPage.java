package org.recur4j.examples.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.api.backend.Candidate;
import org.recur4j.examples.page.Bar;
import org.recur4j.examples.page.BarChart;
import org.recur4j.examples.page.Block;
import org.recur4j.examples.page.Line;
import org.recur4j.examples.page.LineChart;
import org.recur4j.examples.page.Manifest;
import org.recur4j.examples.page.Page;
import org.recur4j.examples.page.Paragraph;
import org.recur4j.examples.page.TableBlock;
import org.recur4j.models.comparison.PairwiseRatio;

/** A comparison as one page that needs no network. */
public final class ComparisonPage {
  private static final String LOSS_NOTE =
      "Each line is the mean loss of neighboring training steps, its band their smallest and"
          + " largest. Lines of backends that compute the same lie on each other.";

  /** Losses that differ by more than this are drawn over powers of ten. */
  private static final double WIDE = 20;

  private ComparisonPage() {}

  /**
   * Lays it out.
   *
   * @param report the comparison
   * @return the page, to be written
   */
  public static Page of(ComparisonReport report) {
    Page page =
        new Page(
            "Backends compared: " + report.title(),
            "The same model, seed and data on "
                + String.join(" and ", report.backends())
                + ", in turns, so that whatever else the machine did hit all of them.");
    page.section("What to choose", summary(report));
    page.section("Figures", figures(report));
    page.section("Training curves", curves(report));
    page.section("Parity with double precision", ParityBlocks.of(report.parity()));
    report.sweep().ifPresent(sweep -> page.section("Sizes", SweepBlocks.of(sweep)));
    Map<String, String> manifest = new LinkedHashMap<>(report.manifest());
    manifest.putAll(report.settings());
    List<Block> notes = new ArrayList<>();
    report.notes().forEach(note -> notes.add(new Paragraph(note)));
    notes.add(new Manifest(manifest));
    return page.section("How this was measured", notes.toArray(Block[]::new));
  }

  private static Block[] summary(ComparisonReport report) {
    List<Block> blocks = new ArrayList<>();
    report.caveats().forEach(caveat -> blocks.add(new Paragraph(caveat)));
    report.recommendation().forEach(sentence -> blocks.add(new Paragraph(sentence)));
    List<List<String>> rows = new ArrayList<>();
    for (Judgment judgment : report.judgments()) {
      for (PairwiseRatio contrast : judgment.contrasts()) {
        rows.add(
            List.of(
                judgment.measure(),
                contrast.first() + " : " + contrast.second(),
                String.format(
                    Locale.ROOT,
                    "%.2f (%.2f to %.2f)",
                    contrast.ratio().value(),
                    contrast.ratio().low(),
                    contrast.ratio().high()),
                switch (contrast.outcome()) {
                  case FIRST -> contrast.first() + " is faster";
                  case SECOND -> contrast.second() + " is faster";
                  case NO_SIGNIFICANT_DIFFERENCE -> Judgment.UNDECIDED;
                  case TOO_FEW_ROUNDS -> "too few rounds to tell";
                }));
      }
    }
    if (!rows.isEmpty()) {
      blocks.add(
          new TableBlock(
              List.of("Measure", "Backends", "Ratio of times (95 % interval)", "Verdict"), rows));
    }
    List<List<String>> absent = new ArrayList<>();
    for (Candidate candidate : report.absent()) {
      if (candidate.availability() instanceof Unavailable unavailable) {
        absent.add(List.of(candidate.name(), unavailable.reason(), unavailable.remedy()));
      }
    }
    if (!absent.isEmpty()) {
      blocks.add(new TableBlock(List.of("Not available", "Why", "What to do"), absent));
    }
    return blocks.toArray(Block[]::new);
  }

  private static Block[] figures(ComparisonReport report) {
    List<Block> blocks = new ArrayList<>();
    List<String> headers = new ArrayList<>(List.of("Measure (95 % interval)"));
    headers.addAll(report.backends());
    List<List<String>> rows = new ArrayList<>();
    for (String measure : report.measures()) {
      List<String> row = new ArrayList<>(List.of(measure));
      for (String backend : report.backends()) {
        row.add(report.figure(measure, backend).map(ComparisonPage::cell).orElse(""));
      }
      rows.add(row);
    }
    blocks.add(new TableBlock(headers, rows));
    for (String measure : Measures.PICTURED) {
      List<Figure> found =
          report.backends().stream()
              .map(backend -> report.figure(measure, backend).orElse(null))
              .filter(Objects::nonNull)
              .toList();
      if (found.stream().anyMatch(Figure::isMeasured)) {
        blocks.add(
            new BarChart(
                measure.substring(0, 1).toUpperCase(Locale.ROOT) + measure.substring(1),
                found.get(0).unit(),
                found.stream()
                    .map(f -> new Bar(f.backend(), f.value(), f.low(), f.high()))
                    .toList()));
      }
    }
    return blocks.toArray(Block[]::new);
  }

  private static String cell(Figure figure) {
    return figure.isMeasured() ? figure.text() : figure.text() + ": " + figure.note();
  }

  private static Block[] curves(ComparisonReport report) {
    List<Line> lines = new ArrayList<>();
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (Curve curve : report.curves()) {
      Curve.Band band = curve.band();
      for (int i = 0; i < band.x().length; i++) {
        smallest = Math.min(smallest, band.low()[i]);
        largest = Math.max(largest, band.high()[i]);
      }
      lines.add(new Line(curve.backend(), band.x(), band.middle(), band.low(), band.high()));
    }
    boolean logarithmic = smallest > 0 && largest > WIDE * smallest;
    return new Block[] {
      new Paragraph(LOSS_NOTE),
      new LineChart("Training loss", "training step", "loss of a batch", logarithmic, lines)
    };
  }
}
