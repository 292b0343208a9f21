package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.Set;
import org.recur4j.models.training.schedule.Interval;

/**
 * Where and how often a checkpoint is written.
 *
 * @param file a safetensors file
 * @param interval how often
 * @param despite names of what may differ from the training that began the checkpoint
 */
record Checkpointing(Path file, Interval interval, Set<String> despite) {
  Checkpointing(Path file, Interval interval) {
    this(file, interval, Set.of());
  }

  /** Returns the same with other names of what may differ. */
  Checkpointing despite(Set<String> names) {
    return new Checkpointing(file, interval, Set.copyOf(names));
  }
}
