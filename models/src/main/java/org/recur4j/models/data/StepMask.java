package org.recur4j.models.data;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Lengths;

/**
 * The real steps of each row. Networks do not read masked steps: each row's real steps are moved to
 * the left, and the outputs are moved back to the positions of their steps.
 *
 * @param lengths the lengths of the rows, masked steps included
 * @param run the numbers of real steps of the rows
 * @param positions {@code [T·B]}, time-major: a step's position among its row's real steps; −1 for
 *     masked steps and past the length; null if no step is masked
 * @param output the output at masked steps
 */
public record StepMask(Lengths lengths, Lengths run, int[] positions, MaskedOutput output) {
  /** Returns a mask by which every step up to the lengths is real. */
  static StepMask none(Lengths lengths) {
    return new StepMask(lengths, lengths, null, MaskedOutput.ZERO);
  }

  /** Combines one mask for each row, as long as the row. */
  static StepMask of(Lengths lengths, List<boolean[]> masks, MaskedOutput output) {
    int batch = lengths.batch();
    if (masks.size() != batch) {
      throw refuse(masks.size() + " masks for " + batch + " sequences");
    }
    int[] positions = new int[SequenceBatch.elements(lengths, 1)];
    Arrays.fill(positions, -1);
    int[] real = new int[batch];
    for (int row = 0; row < batch; row++) {
      boolean[] mask = masks.get(row);
      if (mask.length != lengths.get(row)) {
        throw refuse(
            "a mask of " + mask.length + " steps for sequence " + row + " of " + lengths.get(row));
      }
      for (int t = 0; t < mask.length; t++) {
        if (mask[t]) {
          positions[t * batch + row] = real[row]++;
        }
      }
    }
    int most = Math.max(1, Arrays.stream(real).max().orElse(1));
    return new StepMask(lengths, Lengths.of(most, real), positions, output);
  }

  private static InvalidArgumentException refuse(String got) {
    return new InvalidArgumentException(
        "SequenceBatch",
        got,
        "one mask for each sequence, as long as the sequence",
        "Give one value for each step: true if it is real");
  }

  /** Returns a step's position among its row's real steps; −1 if masked or past the length. */
  int position(int row, int step) {
    if (positions == null) {
      return step < lengths.get(row) ? step : -1;
    }
    return positions[step * lengths.batch() + row];
  }

  /**
   * Returns whether a step is masked.
   *
   * @return false if all steps up to the lengths are real
   */
  public boolean hasHoles() {
    return positions != null;
  }

  /**
   * Returns the row of the network's output for each step.
   *
   * @return {@code [T·B]}, an index into the rows of the {@code [T', B]} outputs of the real steps;
   *     −1 for zeros
   */
  public int[] sources() {
    int batch = lengths.batch();
    int[] sources = new int[positions.length];
    int[] last = new int[batch];
    Arrays.fill(last, -1);
    for (int i = 0; i < sources.length; i++) {
      int row = i % batch;
      boolean hole = positions[i] < 0;
      boolean repeat = output == MaskedOutput.REPEAT && i / batch < lengths.get(row);
      if (!hole) {
        last[row] = positions[i] * batch + row;
      }
      sources[i] = !hole || repeat ? last[row] : -1;
    }
    return sources;
  }
}
