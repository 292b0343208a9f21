package org.recur4j.examples.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model says about one input.
 *
 * @param input as it was given
 * @param answer for a person
 * @param figures numbers behind the answer, such as probabilities, in the order of the columns; all
 *     answers of one call have the same names
 * @param picture lines to print below the answer; none where there is nothing to draw
 */
public record Prediction(
    String input, String answer, Map<String, Double> figures, List<String> picture) {
  /** Copies map and list. */
  public Prediction {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    picture = List.copyOf(picture);
  }

  /**
   * An answer without a picture.
   *
   * @param input as it was given
   * @param answer for a person
   * @param figures numbers behind it
   * @return the prediction
   */
  public static Prediction of(String input, String answer, Map<String, Double> figures) {
    return new Prediction(input, answer, figures, List.of());
  }
}
