package org.recur4j.models.data;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A sequence with its target. It has exactly one kind of input and one kind of target; arrays are
 * not copied. A sequence may be empty; its final state is then the initial state.
 *
 * @param indices {@code [T]}, or null
 * @param features {@code [T][F]}, or null
 * @param labels one class, or one for each step; empty without a target; or null
 * @param values numbers, or labels as 0 and 1, {@code [1][C]} or {@code [T][C]}; an element is null
 *     if its step does not count; or null
 * @param mask {@code [T]}, true for real steps; null if all steps are real
 */
public record Example(
    int[] indices, float[][] features, int[] labels, float[][] values, boolean[] mask) {
  /** Checks that there is one input and one target, and that a mask is as long as the input. */
  public Example {
    if ((indices == null) == (features == null) || (labels == null) == (values == null)) {
      throw new InvalidArgumentException(
          "Example",
          "not exactly one input and one target",
          "indices or features, and labels or values",
          "Use the factory methods");
    }
    int steps = indices == null ? features.length : indices.length;
    if (mask != null && mask.length != steps) {
      throw new InvalidArgumentException(
          "Example",
          "a mask of " + mask.length + " steps for a sequence of " + steps,
          "a mask as long as the sequence",
          "Give one value for each step: true if it is real");
    }
  }

  private Example(int[] indices, float[][] features, int[] labels, float[][] values) {
    this(indices, features, labels, values, null);
  }

  /**
   * Returns this example with a mask. Masked steps are not read and their targets do not count.
   *
   * @param steps {@code [T]}, true for real steps; the input at the others is arbitrary
   * @return a masked copy
   */
  public Example masked(boolean... steps) {
    return new Example(indices, features, labels, values, steps);
  }

  /**
   * Returns whether a step is real, that is, not masked.
   *
   * @param step 0 … T − 1
   * @return false if the step is masked
   */
  public boolean isReal(int step) {
    return mask == null || mask[step];
  }

  /**
   * Returns an example with indices and no target, for prediction; training and evaluation refuse
   * it.
   *
   * @param indices {@code [T]}
   * @return the example
   */
  public static Example unlabeled(int... indices) {
    return new Example(indices, null, new int[0], null);
  }

  /**
   * Returns an example with vectors and no target, for prediction; training and evaluation refuse
   * it.
   *
   * @param features {@code [T][F]}
   * @return the example
   */
  public static Example unlabeled(float[]... features) {
    return new Example(null, features, new int[0], null);
  }

  /**
   * Returns an example with indices and one class.
   *
   * @param indices {@code [T]}
   * @param label the class, from 0
   * @return the example
   */
  public static Example classified(int[] indices, int label) {
    return new Example(indices, null, new int[] {label}, null);
  }

  /**
   * Returns an example with vectors and one class.
   *
   * @param features {@code [T][F]}
   * @param label the class, from 0
   * @return the example
   */
  public static Example classified(float[][] features, int label) {
    return new Example(null, features, new int[] {label}, null);
  }

  /**
   * Returns an example with indices and a class for each step.
   *
   * @param indices {@code [T]}
   * @param labels {@code [T]}; −1 if the step does not count
   * @return the example
   */
  public static Example tagged(int[] indices, int... labels) {
    return new Example(indices, null, labels, null);
  }

  /**
   * Returns an example with vectors and a class for each step.
   *
   * @param features {@code [T][F]}
   * @param labels {@code [T]}; −1 if the step does not count
   * @return the example
   */
  public static Example tagged(float[][] features, int... labels) {
    return new Example(null, features, labels, null);
  }

  /**
   * Returns an example with vectors and numbers as the target.
   *
   * @param features {@code [T][F]}
   * @param values {@code [1][C]}, or {@code [T][C]} of a many-to-many network; null if the step
   *     does not count
   * @return the example
   */
  public static Example valued(float[][] features, float[]... values) {
    return new Example(null, features, null, values);
  }

  /**
   * Returns an example with indices and numbers as the target.
   *
   * @param indices {@code [T]}
   * @param values {@code [1][C]}, or {@code [T][C]} of a many-to-many network; null if the step
   *     does not count
   * @return the example
   */
  public static Example valued(int[] indices, float[]... values) {
    return new Example(indices, null, null, values);
  }

  /**
   * Returns an example with vectors and labels for multi-label classification.
   *
   * @param features {@code [T][F]}
   * @param labels 1 if a label applies, else 0; {@code [1][C]}, or {@code [T][C]} of a many-to-many
   *     network; null if the step does not count
   * @return the example
   */
  public static Example labeled(float[][] features, float[]... labels) {
    return new Example(null, features, null, labels);
  }

  /**
   * Returns an example with indices and labels for multi-label classification.
   *
   * @param indices {@code [T]}
   * @param labels 1 if a label applies, else 0; {@code [1][C]}, or {@code [T][C]} of a many-to-many
   *     network; null if the step does not count
   * @return the example
   */
  public static Example labeled(int[] indices, float[]... labels) {
    return new Example(indices, null, null, labels);
  }

  /**
   * Returns this example with its last target only, so that the gradients of a loss come from that
   * target alone.
   *
   * @return a copy, or this example if it has one target for the whole sequence
   */
  public Example withLastAnswerOnly() {
    int last = answers() - 1;
    while (last > 0 && !counts(last)) {
      last--;
    }
    if (answers() < 2) {
      return this;
    }
    int[] one = labels == null ? null : new int[labels.length];
    float[][] vectors = values == null ? null : new float[values.length][];
    if (one == null) {
      vectors[last] = values[last];
    } else {
      Arrays.fill(one, -1);
      one[last] = labels[last];
    }
    return new Example(indices, features, one, vectors, mask);
  }

  private boolean counts(int step) {
    return isReal(step) && (labels == null ? values[step] != null : labels[step] >= 0);
  }

  /**
   * Returns the number of steps.
   *
   * @return at least 0; masked steps count
   */
  public int steps() {
    return indices == null ? features.length : indices.length;
  }

  /**
   * Returns the number of targets.
   *
   * @return 1, or the number of steps; 0 without a target
   */
  public int answers() {
    return labels == null ? values.length : labels.length;
  }

  /**
   * Returns a range of the steps with their targets.
   *
   * @param from first step; a number past the end means the end
   * @param to end of the range, exclusive; a number past the end means the end
   * @return an example with at most {@code to - from} steps
   */
  public Example slice(long from, long to) {
    return new Example(
        indices == null ? null : Arrays.copyOfRange(indices, place(from), place(to)),
        features == null ? null : Arrays.copyOfRange(features, place(from), place(to)),
        labels == null ? null : Arrays.copyOfRange(labels, place(from), place(to)),
        values == null ? null : Arrays.copyOfRange(values, place(from), place(to)),
        mask == null ? null : Arrays.copyOfRange(mask, place(from), place(to)));
  }

  /**
   * Writes the content that training reads; inputs at masked steps are not written.
   *
   * @param content the output
   * @throws IOException if writing fails
   */
  public void writeTo(DataOutput content) throws IOException {
    content.writeInt(steps());
    for (int t = 0; t < steps(); t++) {
      content.writeBoolean(isReal(t));
      if (isReal(t) && indices != null) {
        content.writeInt(indices[t]);
      } else if (isReal(t)) {
        writeTo(content, features[t]);
      }
    }
    content.writeInt(answers());
    for (int i = 0; i < answers(); i++) {
      if (labels == null) {
        writeTo(content, values[i]);
      } else {
        content.writeInt(labels[i]);
      }
    }
  }

  private static void writeTo(DataOutput content, float[] vector) throws IOException {
    content.writeInt(vector == null ? -1 : vector.length);
    for (int i = 0; vector != null && i < vector.length; i++) {
      content.writeFloat(vector[i]);
    }
  }

  private int place(long step) {
    return (int) Math.min(step, steps());
  }
}
