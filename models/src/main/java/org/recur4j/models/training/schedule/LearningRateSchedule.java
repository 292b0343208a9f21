package org.recur4j.models.training.schedule;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.training.report.EpochReport;

/**
 * A learning rate schedule: a factor on the learning rate of the optimizer. The factor must depend
 * only on the given moment of training, so that training resumed from a checkpoint uses the same
 * learning rates as without the interruption.
 */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * Returns the factor for a step.
   *
   * @param moment the moment of training at which the step begins
   * @return at least 0
   */
  double factor(TrainingMoment moment);

  /**
   * Returns whether the schedule uses validation losses.
   *
   * @return true if training needs validation examples
   */
  default boolean needsValidation() {
    return false;
  }

  /**
   * Returns a description with all settings. A checkpoint stores it, and training with a different
   * description does not resume from it.
   *
   * @return the description, the same text for the same settings in every process; by default
   *     {@code toString} of a record, and a constant for other classes
   */
  default String description() {
    return this instanceof Record ? toString() : "of the caller's own";
  }

  /** A constant factor of 1. */
  record Constant() implements LearningRateSchedule {
    @Override
    public double factor(TrainingMoment moment) {
      return 1;
    }
  }

  /**
   * A step decay: the factor is multiplied by γ after every given number of epochs.
   *
   * @param epochs the epochs between two reductions, at least 1
   * @param reduction γ in (0, 1)
   */
  record Steps(int epochs, double reduction) implements LearningRateSchedule {
    /** Checks the numbers. */
    public Steps {
      check(epochs >= 1, "a reduction every " + epochs + " epochs", "at least 1");
      check(reduction > 0 && reduction < 1, "reduction " + reduction, "in (0, 1)");
    }

    @Override
    public double factor(TrainingMoment moment) {
      int falls = (moment.epoch() - 1) / epochs;
      return StrictMath.pow(reduction, falls);
    }
  }

  /**
   * Cosine annealing from 1 to a floor (Loshchilov, Hutter 2017, equation 5 without restarts).
   *
   * @param floor the smallest factor, in [0, 1]
   */
  record Cosine(double floor) implements LearningRateSchedule {
    /** Checks the floor. */
    public Cosine {
      check(floor >= 0 && floor <= 1, "floor " + floor, "in [0, 1]");
    }

    @Override
    public double factor(TrainingMoment moment) {
      double half = (1 + StrictMath.cos(Math.PI * moment.step() / moment.steps())) / 2;
      return floor + (1 - floor) * half;
    }
  }

  /**
   * A linear warm-up to 1, followed by another schedule: step s of w has the factor (s + 1)/(w +
   * 1), so that the first step is not 0 and the last is below 1. The other schedule counts its
   * steps from the end of the warm-up but its epochs from the start of training.
   *
   * @param warmUp w, the number of warm-up steps, at least 1
   * @param then the schedule that follows
   */
  record WarmUp(long warmUp, LearningRateSchedule then) implements LearningRateSchedule {
    /** Checks the number of steps. */
    public WarmUp {
      check(warmUp >= 1, "a warm-up of " + warmUp + " steps", "at least 1");
    }

    @Override
    public double factor(TrainingMoment moment) {
      if (moment.step() < warmUp) {
        return (moment.step() + 1.0) / (warmUp + 1.0);
      }
      return then.factor(
          new TrainingMoment(
              moment.step() - warmUp, moment.steps() - warmUp, moment.epoch(), moment.finished()));
    }

    @Override
    public boolean needsValidation() {
      return then.needsValidation();
    }

    @Override
    public String description() {
      return "WarmUp[warmUp=" + warmUp + ", then=" + then.description() + "]";
    }
  }

  /**
   * A reduction by γ whenever the validation loss has not decreased for more than the given number
   * of epochs; the count then restarts. This is the rule of PyTorch's ReduceLROnPlateau with a
   * relative threshold.
   *
   * @param reduction γ in (0, 1)
   * @param patience the epochs without a lower loss to tolerate, at least 0
   * @param threshold in [0, 1): a loss is lower if it is below best − threshold·|best|
   * @param floor the smallest factor, in [0, 1]
   */
  record Plateau(double reduction, int patience, double threshold, double floor)
      implements LearningRateSchedule {
    /** Checks the numbers. */
    public Plateau {
      check(reduction > 0 && reduction < 1, "reduction " + reduction, "in (0, 1)");
      check(patience >= 0, "patience " + patience, "at least 0");
      check(threshold >= 0 && threshold < 1, "threshold " + threshold, "in [0, 1)");
      check(floor >= 0 && floor <= 1, "floor " + floor, "in [0, 1]");
    }

    @Override
    public double factor(TrainingMoment moment) {
      double factor = 1;
      double best = Double.POSITIVE_INFINITY;
      int waited = 0;
      for (EpochReport report : moment.finished()) {
        double loss = report.validation() == null ? Double.NaN : report.validation().loss();
        // Losses of densities can be negative; the threshold must have the same direction for them.
        boolean lower = loss < best - threshold * (Double.isFinite(best) ? Math.abs(best) : 0);
        waited = lower ? 0 : waited + 1;
        best = lower ? loss : best;
        if (waited > patience) {
          factor = Math.max(factor * reduction, floor);
          waited = 0;
        }
      }
      return factor;
    }

    @Override
    public boolean needsValidation() {
      return true;
    }
  }

  /**
   * Returns a constant factor of 1.
   *
   * @return the schedule
   */
  static LearningRateSchedule constant() {
    return new Constant();
  }

  /**
   * Returns a step decay.
   *
   * @param epochs the epochs between two reductions, at least 1
   * @param reduction γ in (0, 1)
   * @return the schedule
   */
  static LearningRateSchedule steps(int epochs, double reduction) {
    return new Steps(epochs, reduction);
  }

  /**
   * Returns cosine annealing from 1 to 0.
   *
   * @return the schedule
   */
  static LearningRateSchedule cosine() {
    return new Cosine(0);
  }

  /**
   * Returns a linear warm-up to 1 followed by cosine annealing to 0.
   *
   * @param warmUp the number of warm-up steps, at least 1
   * @return the schedule
   */
  static LearningRateSchedule warmUpCosine(long warmUp) {
    return new WarmUp(warmUp, cosine());
  }

  /**
   * Returns a reduction when the validation loss stops decreasing, with PyTorch's threshold of 1e-4
   * and no floor.
   *
   * @param reduction γ in (0, 1)
   * @param patience the epochs without a lower loss to tolerate, at least 0
   * @return the schedule
   */
  static LearningRateSchedule plateau(double reduction, int patience) {
    return new Plateau(reduction, patience, 1e-4, 0);
  }

  private static void check(boolean right, String got, String expected) {
    if (!right) {
      throw new InvalidArgumentException(
          "learning rate schedule", got, expected, "Correct the arguments of the schedule");
    }
  }
}
