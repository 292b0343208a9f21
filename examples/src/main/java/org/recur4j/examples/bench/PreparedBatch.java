package org.recur4j.examples.bench;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.data.Target;

/**
 * A batch that is laid out already, so that a step's time is the mathematics' and not the
 * packing's.
 *
 * @param sequences the inputs
 * @param target the classes
 */
record PreparedBatch(SequenceBatch sequences, Target target) {
  private static final Philox RANDOM = new Philox(1);
  private static final long INPUTS = RandomStream.CUSTOM.at(0);
  private static final long LABELS = RandomStream.CUSTOM.at(1);

  /** Random numbers in [−1, 1), or characters, and random classes. */
  static PreparedBatch of(Workload workload) {
    int answers = workload.batch() * (workload.answersEveryStep() ? workload.steps() : 1);
    int[] labels = new int[answers];
    for (int i = 0; i < answers; i++) {
      labels[i] = RANDOM.bounded(workload.classes(), LABELS, 0, i);
    }
    return new PreparedBatch(sequences(workload), Target.ofClasses(labels));
  }

  private static SequenceBatch sequences(Workload workload) {
    if (workload.vocabulary() == 0) {
      List<float[][]> features = new ArrayList<>();
      for (int b = 0; b < workload.batch(); b++) {
        float[][] sequence = new float[workload.steps()][];
        for (int t = 0; t < sequence.length; t++) {
          sequence[t] = numbers(workload.inputSize(), b * sequence.length + t);
        }
        features.add(sequence);
      }
      return SequenceBatch.ofFeatures(features);
    }
    List<int[]> indices = new ArrayList<>();
    for (int b = 0; b < workload.batch(); b++) {
      int[] sequence = new int[workload.steps()];
      for (int t = 0; t < sequence.length; t++) {
        sequence[t] = RANDOM.bounded(workload.vocabulary(), INPUTS, b, t);
      }
      indices.add(sequence);
    }
    return SequenceBatch.ofIndices(indices);
  }

  /** Random numbers in [−1, 1), the same for the same place. */
  static float[] numbers(int count, int place) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 2 * RANDOM.uniform(INPUTS, place, i) - 1;
    }
    return numbers;
  }
}
