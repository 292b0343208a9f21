package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.TrainingListener;

/** Something goes wrong after so many batches; or somebody asks to stop. */
final class Break implements TrainingListener {
  private final int batches;
  private final boolean politely;
  private final List<EpochReport> finished = new ArrayList<>();
  private int done;
  private String resumed = "";

  private Break(int batches, boolean politely) {
    this.batches = batches;
    this.politely = politely;
  }

  static Break after(int batches) {
    return new Break(batches, false);
  }

  static Break politelyAfter(int batches) {
    return new Break(batches, true);
  }

  static Break never() {
    return new Break(-1, false);
  }

  /** Epoch and batch that the training went on from; empty where it began. */
  String resumed() {
    return resumed;
  }

  /** Epochs that were said to be finished when the training went on. */
  List<EpochReport> finished() {
    return finished;
  }

  /** Batches seen. */
  int done() {
    return done;
  }

  @Override
  public void onResume(int epoch, int batch, List<EpochReport> before) {
    resumed = epoch + " " + batch;
    finished.addAll(before);
  }

  @Override
  public void onBatch(BatchReport report) {
    done++;
    if (done == batches && !politely) {
      throw new IllegalStateException("broken on purpose");
    }
  }

  @Override
  public boolean stopRequested() {
    return politely && done == batches;
  }
}
