package org.recur4j.examples.digits;

import java.util.List;

/** Digits without learning, the baselines: compare with what is known. */
final class Neighbors {
  private Neighbors() {}

  /** Share of images that have the digit of the nearest known image. */
  static double nearestImage(List<DigitImage> known, List<DigitImage> images) {
    List<float[]> places = known.stream().map(image -> image.whole()[0]).toList();
    return share(places, known.stream().mapToInt(DigitImage::digit).toArray(), images);
  }

  /** Share of images that have the digit of the nearest mean image. */
  static double nearestMean(List<DigitImage> known, List<DigitImage> images) {
    float[][] sums = new float[DigitImage.DIGITS][DigitImage.SIDE * DigitImage.SIDE];
    int[] counts = new int[DigitImage.DIGITS];
    for (DigitImage image : known) {
      float[] pixels = image.whole()[0];
      counts[image.digit()]++;
      for (int i = 0; i < pixels.length; i++) {
        sums[image.digit()][i] += pixels[i];
      }
    }
    int[] digits = new int[DigitImage.DIGITS];
    for (int digit = 0; digit < digits.length; digit++) {
      digits[digit] = digit;
      for (int i = 0; i < sums[digit].length; i++) {
        sums[digit][i] /= Math.max(1, counts[digit]);
      }
    }
    return share(List.of(sums), digits, images);
  }

  private static double share(List<float[]> places, int[] digits, List<DigitImage> images) {
    int right = 0;
    for (DigitImage image : images) {
      float[] pixels = image.whole()[0];
      int best = 0;
      for (int i = 1; i < places.size(); i++) {
        if (distance(pixels, places.get(i)) < distance(pixels, places.get(best))) {
          best = i;
        }
      }
      right += digits[best] == image.digit() ? 1 : 0;
    }
    return (double) right / images.size();
  }

  private static float distance(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
