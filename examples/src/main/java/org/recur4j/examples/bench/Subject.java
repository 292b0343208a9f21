package org.recur4j.examples.bench;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;

/** A workload on a backend, ready to be repeated. One thread. */
interface Subject extends AutoCloseable {
  /** What is timed; returns when its results are there. */
  void step();

  @Override
  void close();

  /** Sets a workload up. Low precision is a plan's matter, and plans for inference have it. */
  static Subject of(Workload workload, Backend backend, Precision precision) {
    return switch (workload.task()) {
      case TRAINING -> new TrainingSubject(workload, backend);
      case STREAMING ->
          precision == Precision.FULL
              ? new StreamingSubject(workload, backend)
              : new PlanStepSubject(new Layer(workload, backend, precision));
      case SEQUENCE -> new SequenceSubject(new Layer(workload, backend, precision));
    };
  }
}
