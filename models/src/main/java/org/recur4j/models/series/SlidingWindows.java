package org.recur4j.models.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Cuts a series into windows: some steps that are known, and what comes after them. A window whose
 * future the series does not hold is left out.
 *
 * <p>Windows with a stride below L + H share steps, so a random choice of them, as {@code
 * Trainer.validationFraction} makes, puts almost every step of the validation part into the
 * training part too, and its loss says nothing about the future. An example does not know which
 * steps it came from; therefore the division is made here:
 *
 * <pre>{@code
 * SlidingWindows sliding = SlidingWindows.of(48, 12);
 * WindowSplit split = sliding.split(sliding.over(series), 0.2);
 * trainer.validation(examples(split.validation())).train(examples(split.training()));
 * }</pre>
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

  /**
   * Divides the windows of one series by time: the last ones are for validation, and of the others
   * those that end before the first of them begins are for training. The windows between, up to L +
   * H − 1 of them at stride 1, share steps with both parts and belong to neither.
   *
   * @param windows what {@link #over} or {@link #aligned} returned, in that order
   * @param validationFraction share of the windows that are for validation, above 0 and below 1
   * @return the two parts, no step of the series in both
   * @throws InvalidArgumentException if the fraction is out of range, the windows are not in the
   *     order of their starts, or a part would be empty
   */
  public WindowSplit split(List<Window> windows, double validationFraction) {
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw new InvalidArgumentException(
          NAME,
          "the validation fraction " + validationFraction,
          "above 0 and below 1",
          "Take 0.2 for the last fifth");
    }
    for (int i = 1; i < windows.size(); i++) {
      if (windows.get(i).start() <= windows.get(i - 1).start()) {
        throw new InvalidArgumentException(
            NAME,
            "a window that starts at step "
                + windows.get(i).start()
                + " behind one that starts at step "
                + windows.get(i - 1).start(),
            "the windows of one series in the order of time",
            "Split each series by itself, before its windows are mixed or shuffled");
      }
    }
    int first = windows.size() - (int) Math.round(validationFraction * windows.size());
    int end = 0;
    while (end < first
        && first < windows.size()
        && (long) windows.get(end).start() + inputLength + horizon <= windows.get(first).start()) {
      end++;
    }
    if (end == 0) {
      throw new InvalidArgumentException(
          NAME,
          windows.size()
              + " windows of "
              + ((long) inputLength + horizon)
              + " steps, "
              + (windows.size() - first)
              + " of them for validation",
          "at least one for each part, with none between that reaches into both",
          "Give a longer series, shorten the window, or choose another fraction");
    }
    return new WindowSplit(windows.subList(0, end), windows.subList(first, windows.size()));
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
