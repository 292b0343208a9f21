package org.recur4j.examples.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.recur4j.models.data.DataException;

/**
 * A handwritten digit.
 *
 * @param pixels 64 from 0 to 16, row by row
 * @param digit 0 to 9
 */
record DigitImage(List<Integer> pixels, int digit) {
  static final int SIDE = 8;
  static final int DIGITS = 10;

  private static final int WHITE = 16;
  private static final String SHADES = " .:-=+*#%@";

  DigitImage {
    pixels = List.copyOf(pixels);
  }

  /** Reads numbers separated by commas; {@code source} is for the message. */
  static List<Integer> numbers(String text, String source) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        numbers.add(Integer.valueOf(part.strip()));
      } catch (NumberFormatException e) {
        throw new DataException(
            source,
            "'" + (part.length() > 20 ? part.substring(0, 20) + "…" : part) + "'",
            "whole numbers separated by commas",
            "Correct the number.",
            e);
      }
    }
    return numbers;
  }

  static DigitImage of(List<Integer> pixels, int digit, String source) {
    if (pixels.size() != SIDE * SIDE || pixels.stream().anyMatch(p -> p < 0 || p > WHITE)) {
      throw new DataException(
          source,
          pixels.size() + " pixels " + pixels,
          SIDE * SIDE + " pixels from 0 to " + WHITE,
          "Give eight rows of eight.");
    }
    if (digit < 0 || digit >= DIGITS) {
      throw new DataException(source, "the digit " + digit, "0 to 9", "Correct the last column.");
    }
    return new DigitImage(pixels, digit);
  }

  /** All pixels as one vector of shares: the input of a network without time. */
  float[][] whole() {
    float[] vector = new float[SIDE * SIDE];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = pixels.get(i) / (float) WHITE;
    }
    return new float[][] {vector};
  }

  /** A row a step: the input of a network that reads from top to bottom. */
  float[][] rows() {
    float[] whole = whole()[0];
    float[][] rows = new float[SIDE][SIDE];
    for (int row = 0; row < SIDE; row++) {
      System.arraycopy(whole, row * SIDE, rows[row], 0, SIDE);
    }
    return rows;
  }

  /** Eight lines of characters, two for each pixel, because characters are tall. */
  List<String> picture() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < SIDE; row++) {
      lines.add(
          pixels.subList(row * SIDE, (row + 1) * SIDE).stream()
              .map(p -> String.valueOf(SHADES.charAt(p * (SHADES.length() - 1) / WHITE)).repeat(2))
              .collect(Collectors.joining()));
    }
    return lines;
  }
}
