package org.recur4j.examples.command;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.examples.births.BirthsTask;
import org.recur4j.examples.blank.BlankTask;
import org.recur4j.examples.chorales.ChoraleTask;
import org.recur4j.examples.digits.DigitTask;
import org.recur4j.examples.korean.SoundChangeTask;
import org.recur4j.examples.memory.MemoryTask;
import org.recur4j.examples.newnames.NewNamesTask;
import org.recur4j.examples.pronounce.PronounceTask;
import org.recur4j.examples.syllables.SyllableTask;
import org.recur4j.examples.task.Task;

/** The tasks there are, in the order of help and report. */
final class TaskCatalog {
  private TaskCatalog() {}

  static List<Task> all() {
    List<Task> tasks = new ArrayList<>();
    tasks.add(new SyllableTask());
    tasks.add(new SoundChangeTask());
    tasks.add(new BlankTask());
    tasks.add(new DigitTask());
    tasks.add(new PronounceTask());
    tasks.add(new NewNamesTask());
    tasks.add(new BirthsTask());
    tasks.add(new ChoraleTask());
    tasks.addAll(MemoryTask.all());
    return List.copyOf(tasks);
  }
}
