package org.recur4j.examples.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.recur4j.models.comparison.BackendComparison;
import org.recur4j.models.comparison.Estimate;
import org.recur4j.models.comparison.TrainingComparison;
import org.recur4j.models.comparison.TrainingRecord;

/** Trains a little at every combination of sizes. */
final class SweepRun {
  private SweepRun() {}

  static Sweep run(
      BackendComparison backends,
      Subject subject,
      List<Sweep.Axis> axes,
      Effort effort,
      Consumer<String> progress) {
    List<Map<String, Integer>> combinations = combinations(axes);
    List<Sweep.Point> points = new ArrayList<>();
    for (Map<String, Integer> sizes : combinations) {
      Subject sized = subject;
      for (Map.Entry<String, Integer> size : sizes.entrySet()) {
        sized = sized.with(size.getKey(), size.getValue());
      }
      if (effort.stop().getAsBoolean()) {
        progress.accept("stopped after " + points.size() + " of " + combinations.size());
        break;
      }
      Sweep.Point point = point(backends, sized, sizes, effort);
      progress.accept("sweep, " + point.name() + ": " + point.text());
      points.add(point);
    }
    return new Sweep(axes, points);
  }

  private static Sweep.Point point(
      BackendComparison backends, Subject subject, Map<String, Integer> sizes, Effort effort) {
    TrainingComparison<Trained> training = backends.training(subject::train, effort.sweepTurns());
    training.courses().forEach(course -> course.result().close());
    Map<String, Estimate> steps = new LinkedHashMap<>();
    List<String> falling = new ArrayList<>();
    for (TrainingRecord<Trained> course : training.courses()) {
      if (course.steps().trend(backends.confidence()).isFalling()) {
        falling.add(course.backend().name());
      }
      steps.put(course.backend().name(), course.steps().typical(backends.confidence()));
    }
    return new Sweep.Point(
        sizes,
        steps,
        Judgment.of(Measures.STEP, List.copyOf(steps.keySet()), training.contrasts()),
        falling);
  }

  private static List<Map<String, Integer>> combinations(List<Sweep.Axis> axes) {
    List<Map<String, Integer>> combinations = List.of(Map.of());
    for (Sweep.Axis axis : axes) {
      List<Map<String, Integer>> longer = new ArrayList<>();
      for (Map<String, Integer> combination : combinations) {
        for (int value : axis.values()) {
          Map<String, Integer> more = new LinkedHashMap<>(combination);
          more.put(axis.size(), value);
          longer.add(more);
        }
      }
      combinations = longer;
    }
    return combinations;
  }
}
