package org.recur4j.examples.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.examples.page.Block;
import org.recur4j.examples.page.Folded;
import org.recur4j.examples.page.Paragraph;
import org.recur4j.examples.page.TableBlock;
import org.recur4j.models.parity.ParityReport;
import org.recur4j.models.parity.PlanChoice;
import org.recur4j.models.parity.TensorDifference;

/** How far the backends are from double precision, and what each chose to run. */
final class ParityBlocks {
  private static final List<PlanChoice> NOTHING_CHOSEN = List.of();

  private ParityBlocks() {}

  static Block[] of(List<ParityReport> reports) {
    if (reports.isEmpty()) {
      return new Block[] {new Paragraph("Not measured; the notes below say why.")};
    }
    List<Block> blocks = new ArrayList<>();
    ParityReport any = reports.get(0);
    blocks.add(
        new Paragraph(
            String.format(
                Locale.ROOT,
                "One training step of %d examples on each backend beside the same step in double"
                    + " precision on %s. Allowed is a difference of %.0e forward and %.0e backward,"
                    + " times the largest value of a tensor, or times 1 forward and the largest"
                    + " gradient that the loss sends backward where that is more. A unit in the"
                    + " last place (ULP) is the distance to the next number that float32 has; it is"
                    + " tiny for a number near 0, so differences are also counted in the unit of"
                    + " the tensor's largest number. Where a backend chose fused plans, its"
                    + " portable ones stand beside them.",
                any.examples(),
                any.reference().name(),
                any.tolerance().forward(),
                any.tolerance().backward())));
    List<List<String>> choices = new ArrayList<>();
    List<List<String>> tensors = new ArrayList<>();
    for (ParityReport report : reports) {
      String name = ParityName.of(report);
      blocks.add(
          new Paragraph(
              name
                  + ": "
                  + report
                      .first()
                      .map(divergence -> "first divergence: " + divergence)
                      .orElse("every number is within the tolerance.")));
      for (PlanChoice choice : ParityName.isChoice(report) ? report.choices() : NOTHING_CHOSEN) {
        choices.add(
            List.of(
                report.backend().name(),
                choice.layer() + ", " + choice.recurrence(),
                choice.report().verdict().engine(),
                choice.report().verdict().reason()));
      }
      for (TensorDifference tensor : report.tensors()) {
        tensors.add(row(name, tensor));
      }
    }
    blocks.add(
        new Folded(
            tensors.size() + " tensors, one by one",
            new TableBlock(
                List.of(
                    "Backend",
                    "Way",
                    "Layer",
                    "Tensor",
                    "Absolute",
                    "Relative",
                    "ULP",
                    "ULP of the largest",
                    "Of what is allowed"),
                tensors)));
    blocks.add(new TableBlock(List.of("Backend", "Layer", "Engine", "Why"), choices));
    return blocks.toArray(Block[]::new);
  }

  private static List<String> row(String backend, TensorDifference tensor) {
    return List.of(
        backend,
        tensor.stage().name().toLowerCase(Locale.ROOT),
        tensor.layer(),
        tensor.quantity(),
        String.format(Locale.ROOT, "%.1e", tensor.absolute()),
        String.format(Locale.ROOT, "%.1e", tensor.relative()),
        String.format(Locale.ROOT, "%.1f", tensor.ulps()),
        String.format(Locale.ROOT, "%.1f", tensor.ulpsOfLargest()),
        String.format(Locale.ROOT, "%.1f %%", 100 * tensor.share()));
  }
}
