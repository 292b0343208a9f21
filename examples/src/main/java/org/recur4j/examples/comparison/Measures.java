package org.recur4j.examples.comparison;

import java.util.List;

/** Names of what is measured. */
final class Measures {
  static final String STEP = "training step";
  static final String STEP_TAIL = "training step, p99";
  static final String ANSWER = "one answer, p50";
  static final String ANSWER_TAIL = "one answer, p99";
  static final String THROUGHPUT = "answers in batches";
  static final String START = "start to first answer";
  static final String OPEN = "of that, opening the backend";
  static final String HEAP = "Java heap, peak";
  static final String PROCESS = "process memory, peak";
  static final String DEVICE = "device memory, peak";
  static final String TENSORS = "tensors in training, peak";

  /** Those that are drawn. */
  static final List<String> PICTURED = List.of(STEP, ANSWER, THROUGHPUT, START, PROCESS);

  private Measures() {}
}
