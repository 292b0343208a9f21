package org.recur4j.examples.command;

import java.util.List;
import java.util.Optional;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TestPart;
import org.recur4j.examples.task.TestableTask;
import org.recur4j.models.training.report.Evaluation;

/**
 * What a model came to on a test part.
 *
 * @param scores those that training prints
 * @param evaluation loss and accuracy; empty where the model is more than one network
 * @param outputs every probability or value, a row for each example; none likewise
 * @param packedBytes memory of the recurrent layers' weights as their plans pack them
 */
record MeasuredModel(
    List<Score> scores, Optional<Evaluation> evaluation, List<float[]> outputs, long packedBytes) {
  static MeasuredModel of(Task task, TaskModel model, TaskSettings settings) {
    Optional<TestPart> part =
        task instanceof TestableTask testable
            ? Optional.of(testable.test(model, settings))
            : Optional.empty();
    return new MeasuredModel(
        task.measure(model, settings),
        part.map(TestPart::evaluate),
        part.map(TestPart::outputs).orElse(List.of()),
        model.packedBytes());
  }

  /** A network that is measured by its loss and its right answers alone. */
  static MeasuredModel of(TestPart part) {
    return new MeasuredModel(
        List.of(), Optional.of(part.evaluate()), part.outputs(), part.network().packedBytes());
  }
}
