package org.recur4j.examples.chorales;

import java.nio.file.Path;
import java.util.List;

/**
 * Chorales in the data's own division (Boulanger-Lewandowski, Bengio, Vincent 2012), which everyone
 * who publishes a figure uses.
 *
 * @param training what the model learns from
 * @param validation what choices are made on
 * @param test what is looked at once, at the end
 */
public record ChoraleData(List<Chorale> training, List<Chorale> validation, List<Chorale> test) {
  /** Copies the lists. */
  public ChoraleData {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Reads JSON, gzip-compressed or plain: {@code {"train": [piece, ...], "valid": ..., "test":
   * ...}}, a piece a list of steps, a step a list of MIDI notes from 21 to 108.
   *
   * @param file e.g. jsb-chorales-quarter.json.gz
   * @return the pieces
   * @throws org.recur4j.models.data.DataException if the file cannot be used; the message says
   *     where it is wrong
   */
  public static ChoraleData read(Path file) {
    return ChoraleReader.read(file);
  }

  /**
   * The beginning of each part.
   *
   * @param pieces at most so many of each
   * @return the same pieces, fewer
   */
  public ChoraleData first(int pieces) {
    return new ChoraleData(
        training.stream().limit(pieces).toList(),
        validation.stream().limit(pieces).toList(),
        test.stream().limit(pieces).toList());
  }

  /**
   * How many chords are to be predicted in some pieces.
   *
   * @param pieces any
   * @return the sum of their steps but the first
   */
  public static int predictions(List<Chorale> pieces) {
    return pieces.stream().mapToInt(Chorale::predictions).sum();
  }
}
