package org.recur4j.models.decoding;

import org.recur4j.api.error.InvalidArgumentException;

/** The rule by which the next token is chosen. */
public sealed interface DecodingStrategy {
  /**
   * Returns the maximum number of tokens of a sequence, not counting the end token.
   *
   * @return at least 1
   */
  int maximumLength();

  /**
   * Greedy search, which always chooses the most probable token, and the first one among equals.
   *
   * @param maximumLength at least 1
   */
  record Greedy(int maximumLength) implements DecodingStrategy {
    /** Validates the length. */
    public Greedy {
      checkLength(maximumLength);
    }
  }

  /**
   * Sampling from softmax(logits / temperature). Each row has its own random stream, so that the
   * same seed yields the same sequences.
   *
   * @param maximumLength at least 1
   * @param temperature above 0; lower values concentrate on the most probable tokens, higher values
   *     increase diversity
   * @param topK number of most probable tokens to sample from; 0 for all
   * @param seed any number
   */
  record Sampled(int maximumLength, double temperature, int topK, long seed)
      implements DecodingStrategy {
    /** Validates the length, the temperature and k. */
    public Sampled {
      checkLength(maximumLength);
      if (!(temperature > 0) || Double.isInfinite(temperature)) {
        throw refuse(
            "temperature " + temperature,
            "a finite number above 0",
            "Use greedy(…) instead of temperature 0");
      }
      if (topK < 0) {
        throw refuse("top " + topK, "at least 1, or 0 for all", "Use for instance 10");
      }
    }
  }

  /**
   * Beam search. The {@code width} most probable hypotheses are kept; when one ends, it leaves the
   * beam, whose width decreases by one. Ended sequences are ranked by log-probability / ((5 + n) /
   * 6)^α, where n is the number of tokens including the end (Wu et al. 2016, equation 14, without
   * coverage).
   *
   * @param maximumLength at least 1
   * @param width number of hypotheses, at least 1; 1 is greedy search
   * @param lengthPenalty α, at least 0; 0 ranks by log-probability, which favors short sequences
   */
  record Beam(int maximumLength, int width, double lengthPenalty) implements DecodingStrategy {
    /** Validates the length, the width and α. */
    public Beam {
      checkLength(maximumLength);
      if (width < 1) {
        throw refuse("width " + width, "at least 1", "Use for instance 5");
      }
      if (!(lengthPenalty >= 0) || Double.isInfinite(lengthPenalty)) {
        throw refuse("length penalty " + lengthPenalty, "at least 0", "Use for instance 0.6");
      }
    }

    /** Returns the score of a sequence of n tokens, including the end. */
    double score(double logProbability, int tokens) {
      return logProbability / Math.pow((5 + tokens) / 6.0, lengthPenalty);
    }
  }

  /**
   * Returns greedy search.
   *
   * @param maximumLength at least 1
   * @return the description
   */
  static DecodingStrategy greedy(int maximumLength) {
    return new Greedy(maximumLength);
  }

  /**
   * Returns sampling.
   *
   * @param maximumLength at least 1
   * @param temperature above 0
   * @param topK number of most probable tokens to sample from; 0 for all
   * @param seed seed; the same seed yields the same sequences
   * @return the description
   */
  static DecodingStrategy sampled(int maximumLength, double temperature, int topK, long seed) {
    return new Sampled(maximumLength, temperature, topK, seed);
  }

  /**
   * Returns beam search.
   *
   * @param maximumLength at least 1
   * @param width at least 1
   * @param lengthPenalty α, at least 0
   * @return the description
   */
  static DecodingStrategy beam(int maximumLength, int width, double lengthPenalty) {
    return new Beam(maximumLength, width, lengthPenalty);
  }

  private static void checkLength(int maximumLength) {
    if (maximumLength < 1) {
      throw refuse(
          "maximum length " + maximumLength, "at least 1", "Allow for the longest sequence");
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("decoding", got, expected, advice);
  }
}
