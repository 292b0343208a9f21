package org.recur4j.examples.command;

import java.util.List;
import org.recur4j.examples.blank.BlankTask;
import org.recur4j.examples.digits.DigitTask;
import org.recur4j.examples.korean.SoundChangeTask;
import org.recur4j.examples.pronounce.PronounceTask;
import org.recur4j.examples.syllables.SyllableTask;
import org.recur4j.examples.task.Task;

/** The tasks there are, in the order of help and report. */
final class TaskCatalogue {
  private TaskCatalogue() {}

  static List<Task> all() {
    return List.of(
        new SyllableTask(),
        new SoundChangeTask(),
        new BlankTask(),
        new DigitTask(),
        new PronounceTask());
  }
}
