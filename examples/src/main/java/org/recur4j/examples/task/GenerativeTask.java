package org.recur4j.examples.task;

import java.nio.file.Path;
import org.recur4j.api.backend.Backend;

/** A task whose model makes up sequences: {@code recur4j generate NAME}. */
public interface GenerativeTask extends Task {
  @Override
  GenerativeModel open(Backend backend, Path file);
}
