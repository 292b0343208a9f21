package org.recur4j.examples.digits;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.HashSplit;
import org.recur4j.models.data.TextLine;
import org.recur4j.models.data.TextLines;

/**
 * Images in three parts, by the hash of their line in the file: test where the first byte of its
 * SHA-256 is below 64, a quarter, because a tenth of so few would say little.
 *
 * @param all in the file's order
 * @param training what the model learns from
 * @param validation looked at after every epoch
 * @param test looked at once, at the end
 */
record DigitData(
    List<DigitImage> all,
    List<DigitImage> training,
    List<DigitImage> validation,
    List<DigitImage> test) {
  private static final String RESOURCE = "digits.csv.gz";
  private static final int LONGEST_LINE = 400;
  private static final HashSplit SPLIT = new HashSplit(64, 16);

  DigitData {
    all = List.copyOf(all);
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    if (training.isEmpty() || validation.isEmpty() || test.isEmpty()) {
      throw new DataException(
          "the digits",
          training.size() + ", " + validation.size() + " and " + test.size() + " images",
          "at least one for training, validation and test",
          "Give more images.");
    }
  }

  /** The images that come with the examples. */
  static DigitData load() {
    try (InputStream packed = DigitData.class.getResourceAsStream(RESOURCE)) {
      if (packed == null) {
        throw new FileNotFoundException(
            "The images " + RESOURCE + " are missing from the examples' jar: build it again.");
      }
      return read(RESOURCE, new GZIPInputStream(packed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads 64 pixels and the digit a line, separated by commas. */
  static DigitData read(String source, InputStream content) throws IOException {
    List<DigitImage> all = new ArrayList<>();
    List<DigitImage> training = new ArrayList<>();
    List<DigitImage> validation = new ArrayList<>();
    List<DigitImage> test = new ArrayList<>();
    for (TextLine line : TextLines.read(source, content, LONGEST_LINE)) {
      String place = source + ", line " + line.number();
      List<Integer> numbers = DigitImage.numbers(line.text(), place);
      int last = numbers.size() - 1;
      DigitImage image = DigitImage.of(numbers.subList(0, last), numbers.get(last), place);
      all.add(image);
      switch (SPLIT.partOf(line.text())) {
        case TRAINING -> training.add(image);
        case VALIDATION -> validation.add(image);
        case TEST -> test.add(image);
      }
    }
    return new DigitData(all, training, validation, test);
  }
}
