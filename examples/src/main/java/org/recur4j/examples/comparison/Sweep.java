package org.recur4j.examples.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.recur4j.models.comparison.Estimate;

/**
 * Who trains fastest at which sizes.
 *
 * @param axes one or two sizes, with the values that were tried; the first goes down the picture
 * @param points one a combination, in the order of the axes
 */
public record Sweep(List<Axis> axes, List<Point> points) {
  /**
   * One size.
   *
   * @param size {@code hidden}, {@code batch} or {@code layers}
   * @param values in the order given
   */
  public record Axis(String size, List<Integer> values) {
    /** Copies the list. */
    public Axis {
      values = List.copyOf(values);
    }
  }

  /**
   * One combination.
   *
   * @param sizes value by size
   * @param steps time of a training step by backend, seconds
   * @param judgment who is the fastest
   * @param falling backends whose steps were still getting faster
   */
  public record Point(
      Map<String, Integer> sizes,
      Map<String, Estimate> steps,
      Judgment judgment,
      List<String> falling) {
    /** Copies the list. */
    public Point {
      falling = List.copyOf(falling);
    }

    /**
     * Who wins, and how many times as fast as the next it is; or that nobody does.
     *
     * @return for a person
     */
    public String text() {
      boolean decided = !judgment.winner().equals(Judgment.UNDECIDED);
      String text =
          decided ? (judgment.winner() + " " + judgment.factor()).strip() : judgment.winner();
      return falling.isEmpty()
          ? text
          : text + "; still getting faster: " + String.join(", ", falling);
    }

    String name() {
      return sizes.entrySet().stream()
          .map(entry -> entry.getKey() + " " + entry.getValue())
          .collect(Collectors.joining(", "));
    }
  }

  /** Copies the lists. */
  public Sweep {
    axes = List.copyOf(axes);
    points = List.copyOf(points);
  }

  /**
   * Which backend for which sizes.
   *
   * @return sentences
   */
  public List<String> recommendation() {
    Map<String, List<String>> byWinner = new LinkedHashMap<>();
    for (Point point : points) {
      byWinner
          .computeIfAbsent(point.judgment().winner(), winner -> new ArrayList<>())
          .add(point.name());
    }
    List<String> sentences = new ArrayList<>();
    byWinner.forEach(
        (winner, where) -> {
          boolean undecided = winner.equals(Judgment.UNDECIDED);
          String place =
              where.size() == points.size()
                  ? "at every size that was tried"
                  : "at " + String.join("; ", where);
          sentences.add(
              undecided
                  ? "Training, " + place + ": no significant difference, take either."
                  : "Training, " + place + ": take " + winner + ".");
        });
    return sentences;
  }
}
