package org.recur4j.examples.task;

import java.nio.file.Path;
import java.util.List;
import org.recur4j.api.backend.Backend;

/**
 * An example on data: what {@code recur4j train NAME}, {@code predict NAME} and {@code report
 * tasks} know of it. Immutable; data is read when it is needed, not before.
 */
public interface Task {
  /**
   * The word on the command line.
   *
   * @return lower case letters and hyphens
   */
  String name();

  /**
   * What is learned, for help and report.
   *
   * @return one sentence
   */
  String description();

  /**
   * What it is learned from: source, size, how the test part is chosen.
   *
   * @return one or two sentences
   */
  String data();

  /**
   * What {@code predict} is given.
   *
   * @return label and explanation of one input
   */
  InputForm input();

  /**
   * The networks that the report compares and {@code train} offers.
   *
   * @return at least one; the first is what {@code train} takes unless told otherwise
   */
  List<Variant> variants();

  /**
   * How a variant is trained unless told otherwise.
   *
   * @param variant one of {@link #variants()}
   * @param quick whether seconds count more than the result: a small network, a few examples
   * @return seed 1, the task's own options at their defaults
   */
  TaskSettings defaults(Variant variant, boolean quick);

  /**
   * Settings that only this task has.
   *
   * @return none unless overridden
   */
  default List<TaskOption> options() {
    return List.of();
  }

  /**
   * Those of its own settings that it takes to measure a model again.
   *
   * @return some of {@link #options()}, none unless overridden
   */
  default List<TaskOption> testOptions() {
    return List.of();
  }

  /**
   * How many seeds the report trains each variant from; more than one where luck is as large as the
   * differences.
   *
   * @return at least 1; seeds 1, 2, …
   */
  default int seeds() {
    return 1;
  }

  /**
   * Trainings beyond the defaults of {@link #variants()}: better ones, too long for a first run.
   *
   * @return their settings, seed 1; none for most tasks
   */
  default List<TaskSettings> longTrainings() {
    return List.of();
  }

  /**
   * Trains a fresh network. It is measured when the caller asks for that, after saving it.
   *
   * @param backend where it runs; outlives the model
   * @param settings sizes, rates, seed
   * @param progress told how it goes, asked whether to stop
   * @return the model, and its figures on demand; close it
   * @throws org.recur4j.models.data.DataException if the data cannot be used
   */
  TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress);

  /**
   * Measures a model on the test part, as {@link TaskTraining#measure} does: {@code recur4j
   * evaluate NAME}.
   *
   * @param model one of this task's, at any precision
   * @param settings as it was trained with: seed, own options and whether the data is cut down say
   *     what the test part is, the variant which published figures stand beside
   * @return the same scores, the most important first
   * @throws org.recur4j.models.data.DataException if the data cannot be used
   */
  List<Score> measure(TaskModel model, TaskSettings settings);

  /**
   * Reads a model.
   *
   * @param backend where it runs; outlives the model
   * @param file what {@link TaskModel#save} wrote
   * @return the model; close it
   * @throws org.recur4j.models.file.ModelFileException if the file is damaged
   * @throws org.recur4j.models.data.DataException if it holds another kind of model
   */
  TaskModel open(Backend backend, Path file);
}
