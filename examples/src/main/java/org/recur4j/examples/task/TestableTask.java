package org.recur4j.examples.task;

/** A task whose models can be measured again: {@code recur4j evaluate NAME}. */
public interface TestableTask extends Task {
  /**
   * The test part as a model reads it.
   *
   * @param model one of this task's
   * @return the whole test part, whatever the model was trained on
   */
  TestPart test(TaskModel model);
}
