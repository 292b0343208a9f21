package org.recur4j.models.decoding;

import org.recur4j.api.error.InvalidArgumentException;

/** How the next token is chosen. */
public sealed interface DecodingStrategy {
  /**
   * Tokens after which a sequence is broken off, its end not counted.
   *
   * @return at least 1
   */
  int maximumLength();

  /**
   * Always the likeliest token; the first one among equals.
   *
   * @param maximumLength at least 1
   */
  record Greedy(int maximumLength) implements DecodingStrategy {
    /** Checks the length. */
    public Greedy {
      checkLength(maximumLength);
    }
  }

  /**
   * A token drawn from softmax(logits / temperature). The draws of row b come from counters of
   * their own: the same seed says the same.
   *
   * @param maximumLength at least 1
   * @param temperature above 0; below 1 keeps closer to the likeliest, above 1 wanders
   * @param topK only the k likeliest may be drawn; 0 for all
   * @param seed any number
   */
  record Sampled(int maximumLength, double temperature, int topK, long seed)
      implements DecodingStrategy {
    /** Checks the numbers. */
    public Sampled {
      checkLength(maximumLength);
      if (!(temperature > 0) || Double.isInfinite(temperature)) {
        throw refuse(
            "temperature " + temperature, "a finite number above 0", "Use greedy(…) in place of 0");
      }
      if (topK < 0) {
        throw refuse("top " + topK, "at least 1, or 0 for all", "Use for instance 10");
      }
    }
  }

  /**
   * Beam search: the {@code width} likeliest beginnings are kept; one that ends leaves the beam,
   * which is then narrower by one. Ended sequences are ranked by log-probability / ((5 + n) / 6)^α,
   * n the number of tokens with the end (Wu et al. 2016, equation 14, without coverage).
   *
   * @param maximumLength at least 1
   * @param width beginnings kept, at least 1; 1 is greedy
   * @param lengthPenalty α, at least 0; 0 ranks by log-probability, which prefers short ones
   */
  record Beam(int maximumLength, int width, double lengthPenalty) implements DecodingStrategy {
    /** Checks the numbers. */
    public Beam {
      checkLength(maximumLength);
      if (width < 1) {
        throw refuse("width " + width, "at least 1", "Use for instance 5");
      }
      if (!(lengthPenalty >= 0) || Double.isInfinite(lengthPenalty)) {
        throw refuse("length penalty " + lengthPenalty, "at least 0", "Use for instance 0.6");
      }
    }

    /** What a sequence of n tokens, the end included, is ranked by. */
    double score(double logProbability, int tokens) {
      return logProbability / Math.pow((5 + tokens) / 6.0, lengthPenalty);
    }
  }

  /**
   * Always the likeliest token.
   *
   * @param maximumLength at least 1
   * @return the description
   */
  static DecodingStrategy greedy(int maximumLength) {
    return new Greedy(maximumLength);
  }

  /**
   * Tokens drawn at random.
   *
   * @param maximumLength at least 1
   * @param temperature above 0
   * @param topK 0 for all
   * @param seed same seed, same sequences
   * @return the description
   */
  static DecodingStrategy sampled(int maximumLength, double temperature, int topK, long seed) {
    return new Sampled(maximumLength, temperature, topK, seed);
  }

  /**
   * Beam search.
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
          "maximum length " + maximumLength, "at least 1", "Leave room for the longest answer");
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("decoding", got, expected, advice);
  }
}
