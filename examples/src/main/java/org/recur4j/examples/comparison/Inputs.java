package org.recur4j.examples.comparison;

import java.util.List;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;

/** Examples without their answers. */
final class Inputs {
  private Inputs() {}

  static SequenceBatch of(List<Example> examples) {
    return examples.get(0).indices() == null
        ? SequenceBatch.ofFeatures(examples.stream().map(Example::features).toList())
        : SequenceBatch.ofIndices(examples.stream().map(Example::indices).toList());
  }

  /** Steps of the longest. */
  static int longest(List<Example> examples) {
    return examples.stream()
        .mapToInt(e -> e.indices() == null ? e.features().length : e.indices().length)
        .max()
        .orElse(1);
  }
}
