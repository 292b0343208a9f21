package org.recur4j.examples.memory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;

/** A trained network with the problem that it learned. */
final class MemoryModel implements TaskModel {
  private static final String LENGTH = "task.length";
  private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,8}");

  private final Network network;
  private final MemoryProblem problem;

  MemoryModel(Network network, MemoryProblem problem) {
    this.network = network;
    this.problem = problem;
  }

  static MemoryModel open(Backend backend, Path path, MemoryProblem problem) {
    TaskFile file = new TaskFile(problem.name(), path);
    Network network = file.read(backend, any -> problem.form());
    boolean opened = false;
    try {
      MemoryModel model =
          new MemoryModel(network, ofLength(file, problem, file.note(network, LENGTH)));
      opened = true;
      return model;
    } finally {
      if (!opened) {
        network.close();
      }
    }
  }

  /** A file may say any length; what is asked of the model is made as long. */
  private static MemoryProblem ofLength(TaskFile file, MemoryProblem problem, String text) {
    try {
      if (WHOLE.matcher(text).matches()) {
        return problem.withLength(Integer.parseInt(text));
      }
    } catch (InvalidArgumentException e) {
      // Refused below, as what is no number is.
    }
    String shown = text.length() > 20 ? text.substring(0, 20) + "…" : text;
    throw new DataException(
        file.file().toString(),
        "length '" + shown + "'",
        "a number of steps that the problem '" + problem.name() + "' can have",
        "Train again.");
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
      SequenceBatch batch = SequenceBatch.ofExamples(List.of(example), MaskedOutput.ZERO);
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
