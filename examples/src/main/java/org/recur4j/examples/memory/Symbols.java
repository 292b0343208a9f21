package org.recur4j.examples.memory;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.Example;

/** What the problems over symbols share: letters for indices, and the commonest answer. */
final class Symbols {
  private static final int LONGEST = 100_000;

  private Symbols() {}

  /** Refuses a length that leaves nothing to remember, or fills all memory. */
  static void checkLength(String problem, int value, int least) {
    if (value < least || value > LONGEST) {
      throw new InvalidArgumentException(
          problem,
          "length " + value,
          "at least " + least + " and at most " + LONGEST + " steps",
          "Choose another one");
    }
  }

  /** The places of a text's letters in an alphabet. */
  static int[] read(String text, String alphabet, int longest) {
    int[] places = text.strip().chars().map(alphabet::indexOf).toArray();
    if (places.length == 0 || places.length > longest) {
      throw refusal(text, places.length + " letters", "1 to " + longest + " letters");
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0) {
        throw refusal(text, "'" + text.strip().charAt(i) + "'", "letters of '" + alphabet + "'");
      }
    }
    return places;
  }

  static DataException refusal(String text, String got, String expected) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return new DataException("the input '" + shown + "'", got, expected, "Correct the input.");
  }

  /** The share of right answers of someone who always gives the commonest one. */
  static double commonestShare(List<Example> examples, int classes) {
    int[] counts = new int[classes];
    int all = 0;
    int most = 0;
    for (Example example : examples) {
      for (int label : example.labels()) {
        if (label >= 0) {
          all++;
          most = Math.max(most, ++counts[label]);
        }
      }
    }
    return (double) most / all;
  }

  /** The largest of some numbers. */
  static int largest(float[] values, int from, int to) {
    int best = from;
    for (int i = from + 1; i < to; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best - from;
  }
}
