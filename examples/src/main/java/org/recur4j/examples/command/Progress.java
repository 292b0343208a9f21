package org.recur4j.examples.command;

import java.io.Console;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error, where that is a terminal; nothing at all elsewhere. */
final class Progress implements AutoCloseable {
  private final boolean silent;
  private ProgressBar bar;

  private Progress(boolean silent) {
    this.silent = silent;
  }

  static Progress of(boolean quiet) {
    return new Progress(quiet || !isTerminal());
  }

  /** Newer machines hand out a console even where there is no terminal; they can be asked. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Moves on: batches of this epoch that are done, and how many there are. */
  void batchDone(int epoch, int done, int total) {
    if (silent) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("epoch " + epoch)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }
    bar.stepTo(done);
  }

  /** Takes the bar away so that a line can be printed; the next batch brings a new one. */
  void pause() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    pause();
  }
}
