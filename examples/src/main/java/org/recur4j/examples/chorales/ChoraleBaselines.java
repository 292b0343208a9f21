package org.recur4j.examples.chorales;

import java.util.List;

/**
 * What it takes no network to say about the next chord: how often each key sounds, and how often it
 * sounds given whether it just did. Counted in the training pieces, with one more of each so that
 * nothing is impossible.
 */
final class ChoraleBaselines {
  private final double[] ever = new double[Chorale.NOTES];
  private final double[] afterSilence = new double[Chorale.NOTES];
  private final double[] afterSound = new double[Chorale.NOTES];

  ChoraleBaselines(List<Chorale> training) {
    double[][] sounded = new double[2][Chorale.NOTES];
    double[][] counted = new double[2][Chorale.NOTES];
    for (Chorale piece : training) {
      float[][] roll = piece.roll(0, piece.steps().size());
      for (int t = 1; t < roll.length; t++) {
        for (int key = 0; key < Chorale.NOTES; key++) {
          int before = (int) roll[t - 1][key];
          counted[before][key]++;
          sounded[before][key] += roll[t][key];
        }
      }
    }
    for (int key = 0; key < Chorale.NOTES; key++) {
      ever[key] = share(sounded[0][key] + sounded[1][key], counted[0][key] + counted[1][key]);
      afterSilence[key] = share(sounded[0][key], counted[0][key]);
      afterSound[key] = share(sounded[1][key], counted[1][key]);
    }
  }

  private static double share(double sounded, double counted) {
    return (sounded + 1) / (counted + 2);
  }

  /** Negative log-likelihood for each prediction, from how often each key sounds. */
  double frequencies(List<Chorale> test) {
    return negativeLogLikelihood(test, ever, ever);
  }

  /** Negative log-likelihood for each prediction, from whether each key just sounded. */
  double transitions(List<Chorale> test) {
    return negativeLogLikelihood(test, afterSilence, afterSound);
  }

  private static double negativeLogLikelihood(
      List<Chorale> pieces, double[] afterSilence, double[] afterSound) {
    double sum = 0;
    for (Chorale piece : pieces) {
      float[][] roll = piece.roll(0, piece.steps().size());
      for (int t = 1; t < roll.length; t++) {
        for (int key = 0; key < Chorale.NOTES; key++) {
          double probability = roll[t - 1][key] == 1 ? afterSound[key] : afterSilence[key];
          sum -= Math.log(roll[t][key] == 1 ? probability : 1 - probability);
        }
      }
    }
    return sum / ChoraleData.predictions(pieces);
  }
}
