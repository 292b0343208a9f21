package org.recur4j.examples.task;

/** A task whose model is one network, judged by its loss and output by output, too. */
public interface TestableTask extends Task {
  /**
   * The test part as a model reads it.
   *
   * @param model one of this task's, at any precision
   * @param settings say what the test part is, as in {@link #measure}
   * @return the test part, none of it trained on
   */
  TestPart test(TaskModel model, TaskSettings settings);
}
