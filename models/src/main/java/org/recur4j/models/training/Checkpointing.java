package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.Set;
import org.recur4j.models.training.schedule.Interval;

/**
 * The checkpoint options of a training run.
 *
 * @param file a safetensors file
 * @param interval the interval between two checkpoints
 * @param despite the names of the settings that may differ from those in the checkpoint
 */
record Checkpointing(Path file, Interval interval, Set<String> despite) {}
