package org.recur4j.examples.memory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.models.data.DataException;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.SequenceBatch;
import org.recur4j.models.training.Example;

/** A trained network with the problem that it learned. */
final class MemoryModel implements TaskModel {
  private static final String LENGTH = "task.length";

  private final Network network;
  private final MemoryProblem problem;

  MemoryModel(Network network, MemoryProblem problem) {
    this.network = network;
    this.problem = problem;
  }

  static MemoryModel open(Backend backend, Path path, MemoryProblem problem) {
    TaskFile file = new TaskFile(problem.name(), path);
    Network network = file.read(backend);
    boolean opened = false;
    try {
      MemoryModel model =
          new MemoryModel(network, problem.withLength(length(file, file.note(network, LENGTH))));
      opened = true;
      return model;
    } finally {
      if (!opened) {
        network.close();
      }
    }
  }

  private static int length(TaskFile file, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new DataException(
          file.file().toString(), "length '" + text + "'", "a number", "Train again.", e);
    }
  }

  Network network() {
    return network;
  }

  MemoryProblem problem() {
    return problem;
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    List<Prediction> predictions = new ArrayList<>();
    for (String input : inputs) {
      Example example = problem.read(input);
      SequenceBatch batch =
          example.indices() == null
              ? SequenceBatch.ofFeatures(List.<float[][]>of(example.features()))
              : SequenceBatch.ofIndices(List.of(example.indices()));
      String answer = problem.answer(network.predict(batch)[0]);
      predictions.add(Prediction.of(input, answer, Map.of()));
    }
    return predictions;
  }

  @Override
  public MemoryModel at(Precision precision) {
    return new MemoryModel(network.at(precision), problem);
  }

  @Override
  public long packedBytes() {
    return network.packedBytes();
  }

  @Override
  public void save(Path file) {
    new TaskFile(problem.name(), file)
        .write(network, Map.of(LENGTH, Integer.toString(problem.length())));
  }

  @Override
  public void close() {
    network.close();
  }
}
