package org.recur4j.examples.chorales;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.DataException;

/**
 * One piece: which of a piano's keys sound at each step.
 *
 * @param steps the keys of each step, 0 (the lowest A, MIDI note 21) to 87; none is a rest
 */
public record Chorale(List<int[]> steps) {
  /** The keys of a piano. */
  public static final int NOTES = 88;

  /** The MIDI note of the lowest key. */
  public static final int LOWEST_NOTE = 21;

  /** The MIDI note of the highest key. */
  public static final int HIGHEST_NOTE = LOWEST_NOTE + NOTES - 1;

  /** Copies the list. */
  public Chorale {
    steps = List.copyOf(steps);
    for (int[] keys : steps) {
      for (int key : keys) {
        if (key < 0 || key >= NOTES) {
          throw new InvalidArgumentException(
              "Chorale", "key " + key, "0 to " + (NOTES - 1), "Subtract the lowest MIDI note");
        }
      }
    }
  }

  /**
   * How many chords follow another: what a model is asked to predict.
   *
   * @return one less than there are steps
   */
  public int predictions() {
    return steps.size() - 1;
  }

  /**
   * The piece as a network sees it.
   *
   * @param from the first step
   * @param to behind the last step
   * @return a row for each step, 1 where a key sounds
   */
  public float[][] roll(int from, int to) {
    float[][] roll = new float[to - from][NOTES];
    for (int t = from; t < to; t++) {
      for (int key : steps.get(t)) {
        roll[t - from][key] = 1;
      }
    }
    return roll;
  }

  /** Refuses a piece in which nothing follows anything. */
  Chorale checked(String place) {
    if (steps.size() < 2) {
      throw new DataException(
          place,
          steps.size() + " steps",
          "at least two",
          "Leave out pieces in which no chord follows another.");
    }
    return this;
  }
}
