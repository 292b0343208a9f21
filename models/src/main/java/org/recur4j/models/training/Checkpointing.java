package org.recur4j.models.training;

import java.nio.file.Path;

/**
 * Where and how often a checkpoint is written.
 *
 * @param file a safetensors file
 * @param interval how often
 */
record Checkpointing(Path file, Interval interval) {}
