package org.recur4j.models.training.optimizer;

import org.recur4j.api.error.InvalidArgumentException;

/** How gradients are held small before they move the weights. Nothing leaves the device for it. */
public sealed interface Clipping {
  /** Gradients as they are. */
  record None() implements Clipping {}

  /**
   * Every element into [−limit, limit]; may turn the direction.
   *
   * @param limit above 0
   */
  record ByValue(double limit) implements Clipping {
    /** Checks the limit. */
    public ByValue {
      check(limit, "limit");
    }
  }

  /**
   * Each parameter's gradient scaled down where its own norm is larger; keeps each one's direction.
   *
   * @param maximum above 0
   */
  record ByParameterNorm(double maximum) implements Clipping {
    /** Checks the norm. */
    public ByParameterNorm {
      check(maximum, "maximum norm");
    }
  }

  /**
   * All gradients scaled down together where their norm is larger; keeps the direction (Pascanu,
   * Mikolov, Bengio 2013, algorithm 1).
   *
   * @param maximum above 0
   */
  record ByGlobalNorm(double maximum) implements Clipping {
    /** Checks the norm. */
    public ByGlobalNorm {
      check(maximum, "maximum norm");
    }
  }

  /**
   * Gradients as they are.
   *
   * @return the rule
   */
  static Clipping none() {
    return new None();
  }

  /**
   * Every element into [−limit, limit].
   *
   * @param limit above 0
   * @return the rule
   */
  static Clipping value(double limit) {
    return new ByValue(limit);
  }

  /**
   * Each parameter's gradient to a norm.
   *
   * @param maximum above 0
   * @return the rule
   */
  static Clipping parameterNorm(double maximum) {
    return new ByParameterNorm(maximum);
  }

  /**
   * All gradients together to a norm.
   *
   * @param maximum above 0
   * @return the rule
   */
  static Clipping globalNorm(double maximum) {
    return new ByGlobalNorm(maximum);
  }

  private static void check(double number, String what) {
    if (!(number > 0)) {
      throw new InvalidArgumentException(
          "clipping", what + " " + number, "above 0", "Correct the trainer's clipping");
    }
  }
}
