package org.recur4j.examples.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.models.training.CheckpointFile;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.JsonLinesListener;
import org.recur4j.models.training.report.TrainingStart;
import org.recur4j.models.training.schedule.Interval;

/** Passes everything on, keeps the epochs, and writes what else was asked for. */
final class Recording implements TaskProgress, AutoCloseable {
  private final TaskProgress shown;
  private final JsonLinesListener log;
  private final CheckpointFile checkpoint;
  private final Interval interval;
  private final List<EpochReport> epochs = new ArrayList<>();
  private Supplier<Interruption.Hold> untilSaved = () -> null;
  private Interruption.Hold hold;
  private List<String> despite = List.of();

  /** Writes no lines where {@code log} is null, no checkpoints where that is. */
  Recording(
      TaskProgress shown, JsonLinesListener log, CheckpointFile checkpoint, Interval interval) {
    this.shown = shown;
    this.log = log;
    this.checkpoint = checkpoint;
    this.interval = interval;
  }

  /** What may differ from the training that began the checkpoint. */
  Recording resumingDespite(List<String> names) {
    despite = List.copyOf(names);
    return this;
  }

  /** From its beginning on, the training must not be cut off before it is saved. */
  Recording untilSaved(Interruption interruption) {
    untilSaved = interruption::hold;
    return this;
  }

  /** Says that what was trained is safe, or lost. */
  void letGo() {
    if (hold != null) {
      hold.close();
    }
  }

  /** Finished epochs, those before a checkpoint included. */
  List<EpochReport> epochs() {
    return List.copyOf(epochs);
  }

  @Override
  public <E> Trainer<E> follow(Trainer<E> trainer) {
    trainer.listener(this);
    return checkpoint == null
        ? trainer
        : trainer
            .checkpoint(checkpoint.file(), interval)
            .resumeDespite(despite.toArray(String[]::new));
  }

  @Override
  public void describe(String text) {
    shown.describe(text);
  }

  @Override
  public void onBegin(TrainingStart start) {
    hold = untilSaved.get();
    shown.onBegin(start);
  }

  @Override
  public void onResume(int epoch, int batch, List<EpochReport> finished) {
    shown.onResume(epoch, batch, finished);
    epochs.addAll(finished);
    if (log != null) {
      log.onResume(epoch, batch, finished);
    }
  }

  @Override
  public void onBatch(BatchReport report) {
    shown.onBatch(report);
  }

  @Override
  public void onEpoch(EpochReport report) {
    shown.onEpoch(report);
    epochs.add(report);
    if (log != null) {
      log.onEpoch(report);
    }
  }

  @Override
  public boolean stopRequested() {
    return shown.stopRequested();
  }

  @Override
  public void close() {
    letGo();
    if (log != null) {
      log.close();
    }
  }
}
