package org.recur4j.models.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Lengths;

/**
 * A batch of sequences of any lengths in any order, time-major and padded on the right; callers
 * need not sort or pack them. A mask may exclude any steps; a network then reads each row's real
 * steps as if they were adjacent.
 */
public final class SequenceBatch {
  private final StepMask mask;
  private final boolean readsIndices;
  private final int features;
  private final int[] indices;
  private final float[] values;

  private SequenceBatch(
      StepMask mask, boolean readsIndices, int features, int[] indices, float[] values) {
    this.mask = mask;
    this.readsIndices = readsIndices;
    this.features = features;
    this.indices = indices;
    this.values = values;
  }

  /**
   * Returns a batch of sequences of indices.
   *
   * @param sequences at least one; a sequence may be empty; a negative index gives zeros
   * @return {@code [T, B]}
   */
  public static SequenceBatch ofIndices(List<int[]> sequences) {
    return indices(sequences, StepMask.none(lengthsOf(sequences)));
  }

  /**
   * Returns a batch of sequences of indices with masks.
   *
   * @param sequences at least one; a sequence may be empty
   * @param masks one for each sequence and as long as it, true for real steps; the input at the
   *     others is not read
   * @param output the output at masked steps of a network with an output for each step
   * @return {@code [T, B]}
   */
  public static SequenceBatch ofIndices(
      List<int[]> sequences, List<boolean[]> masks, MaskedOutput output) {
    return indices(sequences, StepMask.of(lengthsOf(sequences), masks, output));
  }

  /**
   * Returns a batch of the inputs of examples, with their masks.
   *
   * @param examples at least one; all with indices, or all with vectors
   * @param output the output at masked steps of a network with an output for each step
   * @return {@code [T, B]} of indices, or {@code [T, B, F]}; row i is example i
   * @throws InvalidArgumentException if there is no example, or some read indices and others do not
   */
  public static SequenceBatch ofExamples(List<Example> examples, MaskedOutput output) {
    for (int i = 0; i < examples.size(); i++) {
      InvalidArgumentException.requireGiven(examples.get(i), "SequenceBatch", "example " + i);
    }
    boolean indices = !examples.isEmpty() && examples.get(0).indices() != null;
    for (int i = 0; i < examples.size(); i++) {
      if ((examples.get(i).indices() != null) != indices) {
        throw new InvalidArgumentException(
            "SequenceBatch",
            (indices ? "vectors" : "indices") + " in example " + i,
            (indices ? "indices" : "vectors") + ", as in example 0",
            "Use examples of the kind that the network's first layer reads");
      }
    }
    boolean whole = examples.stream().allMatch(example -> example.mask() == null);
    List<boolean[]> masks = whole ? null : examples.stream().map(SequenceBatch::maskOf).toList();
    if (indices) {
      List<int[]> each = examples.stream().map(Example::indices).toList();
      return whole ? ofIndices(each) : ofIndices(each, masks, output);
    }
    List<float[][]> each = examples.stream().map(Example::features).toList();
    return whole ? ofFeatures(each) : ofFeatures(each, masks, output);
  }

  private static boolean[] maskOf(Example example) {
    boolean[] mask = example.mask();
    if (mask == null) {
      mask = new boolean[example.steps()];
      Arrays.fill(mask, true);
    }
    return mask;
  }

  /**
   * Returns a batch of sequences of characters.
   *
   * @param texts at least one; a text may be empty
   * @param vocabulary the one that the network was trained with
   * @return {@code [T, B]}, a step for each code point
   */
  public static SequenceBatch ofTexts(List<String> texts, Vocabulary vocabulary) {
    return ofIndices(texts.stream().map(vocabulary::encode).toList());
  }

  /**
   * Returns a batch of series of one feature.
   *
   * @param series at least one, {@code [T]} each; all numbers finite
   * @return {@code [T, B, 1]}
   */
  public static SequenceBatch ofSeries(List<float[]> series) {
    List<float[][]> sequences = new ArrayList<>();
    for (float[] values : series) {
      float[][] steps = new float[values.length][];
      for (int t = 0; t < steps.length; t++) {
        steps[t] = new float[] {values[t]};
      }
      sequences.add(steps);
    }
    return ofFeatures(sequences);
  }

  private static Lengths lengthsOf(List<int[]> sequences) {
    return lengths(sequences.stream().mapToInt(s -> s.length).toArray());
  }

  private static SequenceBatch indices(List<int[]> sequences, StepMask mask) {
    int batch = sequences.size();
    int[] indices = new int[elements(mask.run(), 1)];
    Arrays.fill(indices, -1);
    for (int row = 0; row < batch; row++) {
      int[] sequence = sequences.get(row);
      for (int t = 0; t < sequence.length; t++) {
        int position = mask.position(row, t);
        if (position >= 0) {
          indices[position * batch + row] = sequence[t];
        }
      }
    }
    return new SequenceBatch(mask, true, 0, indices, new float[0]);
  }

  /**
   * Returns a batch of sequences of vectors.
   *
   * @param sequences at least one, {@code [T][F]} each; a sequence may be empty; all vectors of one
   *     size, all numbers finite
   * @return {@code [T, B, F]}; if every sequence is empty, a batch for any network that reads
   *     vectors
   */
  public static SequenceBatch ofFeatures(List<float[][]> sequences) {
    return features(sequences, StepMask.none(featureLengths(sequences)));
  }

  /**
   * Returns a batch of sequences of vectors.
   *
   * @param sequences as {@link #ofFeatures(List)}
   * @return as {@link #ofFeatures(List)}
   */
  public static SequenceBatch ofFeatures(float[][]... sequences) {
    return ofFeatures(List.of(sequences));
  }

  /**
   * Returns a batch of sequences of vectors with masks, for example for missing measurements.
   *
   * @param sequences at least one, {@code [T][F]} each; vectors of real steps of one size, with
   *     finite numbers
   * @param masks one for each sequence and as long as it, true for real steps; the input at the
   *     others is not read, and may be NaN or null
   * @param output the output at masked steps of a network with an output for each step
   * @return {@code [T, B, F]}
   */
  public static SequenceBatch ofFeatures(
      List<float[][]> sequences, List<boolean[]> masks, MaskedOutput output) {
    return features(sequences, StepMask.of(featureLengths(sequences), masks, output));
  }

  private static Lengths featureLengths(List<float[][]> sequences) {
    return lengths(sequences.stream().mapToInt(s -> s.length).toArray());
  }

  private static SequenceBatch features(List<float[][]> sequences, StepMask mask) {
    int features = size(sequences, mask);
    int batch = sequences.size();
    float[] values = new float[elements(mask.run(), features)];
    for (int row = 0; row < batch; row++) {
      float[][] sequence = sequences.get(row);
      for (int t = 0; t < sequence.length; t++) {
        int position = mask.position(row, t);
        if (position >= 0) {
          check(sequence[t], features, row, t);
          System.arraycopy(sequence[t], 0, values, (position * batch + row) * features, features);
        }
      }
    }
    return new SequenceBatch(mask, false, features, new int[0], values);
  }

  /**
   * Returns the number of features of the first real step; 0 if no sequence has one, which fits any
   * network that reads vectors.
   */
  private static int size(List<float[][]> sequences, StepMask mask) {
    for (int row = 0; row < sequences.size(); row++) {
      float[][] sequence = sequences.get(row);
      for (int t = 0; t < sequence.length; t++) {
        if (mask.position(row, t) >= 0) {
          return sequence[t] == null ? 0 : sequence[t].length;
        }
      }
    }
    return 0;
  }

  private static void check(float[] vector, int features, int row, int t) {
    int size = vector == null ? 0 : vector.length;
    if (size == 0 || size != features) {
      throw new InvalidArgumentException(
          "SequenceBatch",
          size + " features at step " + t + " of sequence " + row,
          features == 0 ? "at least one" : features + ", as the first vector has",
          "Give every step the same features");
    }
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new InvalidArgumentException(
            "SequenceBatch",
            value + " at step " + t + " of sequence " + row,
            "finite numbers",
            "Mask, remove or replace missing values");
      }
    }
  }

  /** Returns the number of elements of all padded steps; refuses more than an array can hold. */
  static int elements(Lengths lengths, int features) {
    long elements = (long) lengths.steps() * lengths.batch() * features;
    if (elements > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "SequenceBatch",
          lengths.batch()
              + " rows of "
              + lengths.steps()
              + " padded steps, "
              + elements
              + " numbers",
          "at most " + Integer.MAX_VALUE,
          "Make smaller batches, of sequences of similar length");
    }
    return (int) elements;
  }

  private static Lengths lengths(int[] each) {
    if (each.length == 0) {
      throw new InvalidArgumentException(
          "SequenceBatch", "no sequence", "at least one", "Skip empty batches");
    }
    return Lengths.of(Math.max(1, Arrays.stream(each).max().orElse(1)), each);
  }

  /**
   * Returns the lengths of the rows, masked steps included.
   *
   * @return the lengths; T is that of the longest row
   */
  public Lengths lengths() {
    return mask.lengths();
  }

  /**
   * Returns whether a step is real: within the row's length and not masked.
   *
   * @param row 0 … B − 1
   * @param step 0 … T − 1
   * @return false for masked steps and past the row's length
   */
  public boolean isReal(int row, int step) {
    return mask.position(row, step) >= 0;
  }

  /**
   * Returns the padding of this batch.
   *
   * @return the real steps and the steps that layers compute
   */
  public Padding padding() {
    return new Padding(runLengths().total(), (long) runLengths().steps() * size());
  }

  /**
   * Returns the number of sequences.
   *
   * @return B
   */
  public int size() {
    return mask.lengths().batch();
  }

  /**
   * Returns the number of features of a step.
   *
   * @return F; 0 for indices, and for vectors if no sequence has a real step
   */
  public int features() {
    return features;
  }

  /**
   * Returns whether the steps are indices.
   *
   * @return false if they are vectors
   */
  public boolean readsIndices() {
    return readsIndices;
  }

  /**
   * Returns the number of real steps of each row: the lengths that layers see.
   *
   * @return the lengths
   */
  public Lengths runLengths() {
    return mask.run();
  }

  /**
   * Returns the mask.
   *
   * @return the mask of all rows
   */
  public StepMask mask() {
    return mask;
  }

  /**
   * Returns the indices, time-major over {@link #runLengths}; padding is −1.
   *
   * @return {@code [T, B]}; the array of this batch, which must not be changed
   */
  public int[] indices() {
    return indices;
  }

  /**
   * Returns the features, time-major over {@link #runLengths}; padding is 0.
   *
   * @return {@code [T, B, F]}; the array of this batch, which must not be changed
   */
  public float[] values() {
    return values;
  }
}
