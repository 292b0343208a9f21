package org.recur4j.examples.names;

import java.util.List;
import org.recur4j.models.training.report.EpochReport;

/**
 * What a training of the names' network ended with. The model is the one of the last epoch: at a
 * learning rate that falls to zero it is the better one, by accuracy on the validation names.
 *
 * @param epochs those that were finished, before a checkpoint, too
 * @param testAccuracy share of test names that are right, 0 to 1; not a number if interrupted
 * @param interrupted whether somebody asked to stop
 * @param seconds of training, that before a checkpoint included, and of the test
 */
public record NamesResult(
    List<EpochReport> epochs, double testAccuracy, boolean interrupted, double seconds) {
  /** Copies the list. */
  public NamesResult {
    epochs = List.copyOf(epochs);
  }
}
