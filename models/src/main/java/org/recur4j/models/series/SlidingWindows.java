package org.recur4j.models.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Sliding windows over a series: known steps as the input and the steps after them as the target. A
 * window must lie completely within the series.
 *
 * <p>Windows with a stride below L + H share steps. A random split, as {@code
 * Trainer.validationFraction} makes, therefore puts almost every step of the validation part into
 * the training part too, and the validation loss is not that of a forecast. Use {@link #split}:
 *
 * <pre>{@code
 * SlidingWindows sliding = SlidingWindows.of(48, 12);
 * WindowSplit split = sliding.split(sliding.over(series), 0.2);
 * trainer.validation(examples(split.validation())).train(examples(split.training()));
 * }</pre>
 *
 * @param inputLength L, number of known steps, at least 1
 * @param horizon H, number of steps ahead, at least 1
 * @param stride number of steps between the starts of windows, at least 1
 */
public record SlidingWindows(int inputLength, int horizon, int stride) {
  private static final String NAME = "SlidingWindows";

  /** Checks that the sizes are positive. */
  public SlidingWindows {
    if (inputLength < 1 || horizon < 1 || stride < 1) {
      throw new InvalidArgumentException(
          NAME,
          "input length " + inputLength + ", horizon " + horizon + ", stride " + stride,
          "all at least 1",
          "Use a stride of 1 for all windows");
    }
  }

  /**
   * Returns sliding windows with a stride of 1.
   *
   * @param inputLength L
   * @param horizon H
   * @return the windows
   */
  public static SlidingWindows of(int inputLength, int horizon) {
    return new SlidingWindows(inputLength, horizon, 1);
  }

  /**
   * Returns the number of windows.
   *
   * @param steps number of steps of the series, at least 0
   * @return 0 for a series shorter than L + H
   */
  public int count(int steps) {
    long free = (long) steps - inputLength - horizon;
    return free < 0 ? 0 : (int) (free / stride) + 1;
  }

  /**
   * Returns windows whose target is the next H steps of the same series.
   *
   * @param series {@code [T][F]}
   * @return windows with targets {@code [H][F]}
   * @throws InvalidArgumentException if the series is too short for a window, or a number is not
   *     finite
   */
  public List<Window> over(float[][] series) {
    return over(series, series);
  }

  /**
   * Returns windows whose target is the next H steps of another series with the same times.
   *
   * @param inputs {@code [T][F]}
   * @param targets {@code [T][C]}, for example only the feature to forecast
   * @return windows with targets {@code [H][C]}
   * @throws InvalidArgumentException as {@link #over(float[][])}, or if the two differ in length
   */
  public List<Window> over(float[][] inputs, float[][] targets) {
    return windows(inputs, targets, inputLength, horizon);
  }

  /**
   * Returns windows for a network with an output at each step; the target of step t is step t + H.
   *
   * @param inputs {@code [T][F]}
   * @param targets {@code [T][C]}
   * @return windows with targets {@code [L][C]}
   * @throws InvalidArgumentException as {@link #over(float[][], float[][])}
   */
  public List<Window> aligned(float[][] inputs, float[][] targets) {
    return windows(inputs, targets, horizon, inputLength);
  }

  /**
   * Splits the windows of one series by time. The last windows are for validation; those that end
   * before the first validation window starts are for training. The windows between, up to L + H −
   * 1 at stride 1, share steps with both parts and are dropped.
   *
   * @param windows the windows of {@link #over} or {@link #aligned}, in that order
   * @param validationFraction share of the windows for validation, above 0 and below 1
   * @return the two parts, which share no step of the series
   * @throws InvalidArgumentException if the fraction is out of range, the windows are not in the
   *     order of their starts, or a part would be empty
   */
  public WindowSplit split(List<Window> windows, double validationFraction) {
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw new InvalidArgumentException(
          NAME,
          "the validation fraction " + validationFraction,
          "above 0 and below 1",
          "Use 0.2 for the last fifth");
    }
    for (int i = 1; i < windows.size(); i++) {
      if (windows.get(i).start() <= windows.get(i - 1).start()) {
        throw new InvalidArgumentException(
            NAME,
            "a window that starts at step "
                + windows.get(i).start()
                + " after one that starts at step "
                + windows.get(i - 1).start(),
            "the windows of one series in the order of time",
            "Split each series separately, before mixing or shuffling its windows");
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
          "at least one for each part, without shared steps",
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
