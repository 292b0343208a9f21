package org.recur4j.models.training.report;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A listener that prints a line for each epoch: the losses, the accuracy, the metrics of the
 * trainer, the seconds, and whether the epoch is the best so far. On a terminal, a progress line
 * for the current epoch is rewritten in place, at most once for each percent of its batches;
 * otherwise, as in a file or a build log, only the epochs are printed. Errors of the stream do not
 * stop training. Numbers have a decimal point in every locale.
 *
 * <pre>{@code
 * Trainer.of(network).listener(ConsoleListener.to(System.out)).train(examples);
 *
 * epoch  1/20  loss 0.6931  validation loss 0.6500  accuracy 61.00 %  1.5 s  best
 * }</pre>
 *
 * <p>A listener can be used by one training run at a time.
 */
public final class ConsoleListener implements TrainingListener {
  private static final int PERCENT = 100;

  private final PrintStream out;
  private final boolean progress;
  private int shownEpoch;
  private int shownPercent;
  private int shownLength;

  private ConsoleListener(PrintStream out, boolean progress) {
    this.out = out;
    this.progress = progress;
  }

  /**
   * Returns a listener that shows progress within an epoch only if the stream is {@code System.out}
   * or {@code System.err} and the process has a console: if neither its standard input nor its
   * standard output is redirected.
   *
   * @param out e.g. {@code System.out}; never closed
   * @return the listener
   */
  public static ConsoleListener to(PrintStream out) {
    return to(out, (out == System.out || out == System.err) && isTerminal());
  }

  /**
   * Returns a listener for which the caller says whether the stream is a terminal.
   *
   * @param out never closed
   * @param terminal whether a carriage return goes back to the beginning of the line, so that
   *     progress within an epoch can be shown
   * @return the listener
   */
  public static ConsoleListener to(PrintStream out, boolean terminal) {
    return new ConsoleListener(
        InvalidArgumentException.requireGiven(out, "ConsoleListener", "stream"), terminal);
  }

  /**
   * Since Java 22, a console exists even without a terminal, and Console has the method isTerminal.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException older) {
      return true;
    }
  }

  @Override
  public void onResume(int epoch, int batch, List<EpochReport> finished) {
    line("continues in epoch " + epoch + " after " + batch + " batches");
  }

  @Override
  public void onBatch(BatchReport report) {
    if (!progress) {
      return;
    }
    int percent = (int) ((long) PERCENT * report.batch() / report.batches());
    if (report.epoch() == shownEpoch && percent == shownPercent) {
      return;
    }
    shownEpoch = report.epoch();
    shownPercent = percent;
    String text = format("epoch %d  %3d %%  loss %.4f", shownEpoch, percent, report.loss());
    out.print("\r" + text + blanks(text));
    out.flush();
    shownLength = text.length();
  }

  @Override
  public void onEpoch(EpochReport report) {
    int width = Integer.toString(report.epochs()).length();
    StringBuilder text = new StringBuilder();
    text.append(format("epoch %" + width + "d/%d", report.epoch(), report.epochs()));
    text.append(format("  loss %.4f", report.loss()));
    Evaluation validation = report.validation();
    if (validation != null) {
      text.append(format("  validation loss %.4f", validation.loss()));
      if (!Double.isNaN(validation.accuracy())) {
        text.append(format("  accuracy %.2f %%", PERCENT * validation.accuracy()));
      }
      validation.metrics().forEach((name, value) -> text.append(format("  %s %.4f", name, value)));
    }
    text.append(format("  %.1f s", report.seconds()));
    if (report.best()) {
      text.append("  best");
    }
    line(text.toString());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** Prints a permanent line in place of the progress line. */
  private void line(String text) {
    out.println(shownLength == 0 ? text : "\r" + text + blanks(text));
    out.flush();
    shownLength = 0;
  }

  /** Returns blanks that overwrite the rest of a longer previous line. */
  private String blanks(String text) {
    return " ".repeat(Math.max(0, shownLength - text.length()));
  }
}
