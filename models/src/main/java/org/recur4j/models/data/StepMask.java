package org.recur4j.models.data;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Lengths;

/**
 * Which steps of each row are real. Networks never see a hole: each row's real steps stand at its
 * left, as many as {@link #run} says, and answers are put back to where they belong.
 *
 * @param lengths of the rows, holes included
 * @param run real steps of the rows
 * @param positions {@code [T·B]}, time-major: a step's place among its row's real steps; −1 for a
 *     hole and past the length
 * @param output what stands at holes
 */
public record StepMask(Lengths lengths, Lengths run, int[] positions, MaskedOutput output) {
  /** Every step up to the lengths. */
  static StepMask none(Lengths lengths) {
    return new StepMask(lengths, lengths, null, MaskedOutput.ZERO);
  }

  /** One mask a row, as long as the row. */
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
        "one mask for each sequence, as long as it",
        "Give every step true if it is real, or false");
  }

  /** The place of a step among its row's real steps; −1 for a hole and past the length. */
  int position(int row, int step) {
    if (positions == null) {
      return step < lengths.get(row) ? step : -1;
    }
    return positions[step * lengths.batch() + row];
  }

  /**
   * Returns whether a step is left out.
   *
   * @return false if every row has all steps up to its length
   */
  public boolean hasHoles() {
    return positions != null;
  }

  /**
   * Returns where the output of each step comes from.
   *
   * @return {@code [T·B]}, an index into the rows of the {@code [T', B]} outputs of the steps that
   *     are not left out; −1 for zeros
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
