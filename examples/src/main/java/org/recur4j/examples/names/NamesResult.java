package org.recur4j.examples.names;

import java.util.List;

/**
 * What a training of the names' network ended with. The model is the one of the last epoch: at a
 * learning rate that falls to zero it is the better one, by accuracy on the validation names.
 *
 * @param epochs those that were finished
 * @param testAccuracy share of test names that are right, 0 to 1; not a number if interrupted
 * @param interrupted whether somebody asked to stop
 * @param seconds the training took
 */
public record NamesResult(
    List<NamesEpoch> epochs, double testAccuracy, boolean interrupted, double seconds) {
  /** Copies the list. */
  public NamesResult {
    epochs = List.copyOf(epochs);
  }
}
