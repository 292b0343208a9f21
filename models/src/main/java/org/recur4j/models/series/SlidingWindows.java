package org.recur4j.models.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Cuts a series into windows: some steps that are known, and what comes after them. A window whose
 * future the series does not hold is left out.
 *
 * @param inputLength L, known steps, at least 1
 * @param horizon H, how far ahead, at least 1
 * @param stride steps from one window's beginning to the next one's, at least 1
 */
public record SlidingWindows(int inputLength, int horizon, int stride) {
  private static final String NAME = "SlidingWindows";

  /** Checks the numbers. */
  public SlidingWindows {
    if (inputLength < 1 || horizon < 1 || stride < 1) {
      throw new InvalidArgumentException(
          NAME,
          "input length " + inputLength + ", horizon " + horizon + ", stride " + stride,
          "all at least 1",
          "Use a stride of 1 for every window there is");
    }
  }

  /**
   * Every window there is.
   *
   * @param inputLength L
   * @param horizon H
   * @return windows with stride 1
   */
  public static SlidingWindows of(int inputLength, int horizon) {
    return new SlidingWindows(inputLength, horizon, 1);
  }

  /**
   * Number of windows.
   *
   * @param steps of the series, at least 0
   * @return 0 for a series shorter than L + H
   */
  public int count(int steps) {
    long free = (long) steps - inputLength - horizon;
    return free < 0 ? 0 : (int) (free / stride) + 1;
  }

  /**
   * Windows whose target is the series' own next H steps.
   *
   * @param series {@code [T][F]}
   * @return targets {@code [H][F]}
   * @throws InvalidArgumentException if it is too short for one window or holds what is no number
   */
  public List<Window> over(float[][] series) {
    return over(series, series);
  }

  /**
   * Windows whose target is the next H steps of something known at the same times.
   *
   * @param inputs {@code [T][F]}
   * @param targets {@code [T][C]}, e.g. only the feature that is to be forecast
   * @return targets {@code [H][C]}
   * @throws InvalidArgumentException as {@link #over(float[][])}, or if the two differ in length
   */
  public List<Window> over(float[][] inputs, float[][] targets) {
    return windows(inputs, targets, inputLength, horizon);
  }

  /**
   * Windows for a network that answers at every step: step t's target is the one H steps later.
   *
   * @param inputs {@code [T][F]}
   * @param targets {@code [T][C]}
   * @return targets {@code [L][C]}
   * @throws InvalidArgumentException as {@link #over(float[][], float[][])}
   */
  public List<Window> aligned(float[][] inputs, float[][] targets) {
    return windows(inputs, targets, horizon, inputLength);
  }

  private List<Window> windows(float[][] inputs, float[][] targets, int shift, int length) {
    SeriesChecks.features(NAME, inputs);
    SeriesChecks.features(NAME, targets);
    if (inputs.length != targets.length) {
      throw new InvalidArgumentException(
          NAME,
          inputs.length + " steps of inputs, " + targets.length + " of targets",
          "as many of both",
          "Give the targets at the times of the inputs; the windows shift them");
    }
    int count = count(inputs.length);
    if (count == 0) {
      throw new InvalidArgumentException(
          NAME,
          "a series of " + inputs.length + " steps",
          "at least " + ((long) inputLength + horizon) + ": input length and horizon",
          "Give a longer series, or shorten the window");
    }
    List<Window> windows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = i * stride;
      windows.add(
          new Window(
              from,
              Arrays.copyOfRange(inputs, from, from + inputLength),
              Arrays.copyOfRange(targets, from + shift, from + shift + length)));
    }
    return windows;
  }
}
