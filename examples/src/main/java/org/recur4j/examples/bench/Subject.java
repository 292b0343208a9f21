package org.recur4j.examples.bench;

import org.recur4j.api.backend.Backend;

/** A workload on a backend, ready to be repeated. One thread. */
interface Subject extends AutoCloseable {
  /** What is timed; returns when its results are there. */
  void step();

  @Override
  void close();

  /** Sets a workload up. */
  static Subject of(Workload workload, Backend backend) {
    return switch (workload.task()) {
      case TRAINING -> new TrainingSubject(workload, backend);
      case STREAMING -> new StreamingSubject(workload, backend);
      case SEQUENCE -> new SequenceSubject(workload, backend);
    };
  }
}
