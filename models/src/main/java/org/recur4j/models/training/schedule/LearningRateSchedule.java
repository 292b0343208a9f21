package org.recur4j.models.training.schedule;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.training.report.EpochReport;

/**
 * How the learning rate moves over a training: a factor on the optimizer's own rate. A function of
 * where the training stands and of nothing else, so that a training which goes on from a checkpoint
 * has the rates of one that was never interrupted.
 */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * The factor for one step.
   *
   * @param moment when the step begins
   * @return at least 0
   */
  double factor(TrainingMoment moment);

  /**
   * Whether it looks at validation losses.
   *
   * @return true if training needs validation examples
   */
  default boolean needsValidation() {
    return false;
  }

  /**
   * What it is, with all its settings. A checkpoint keeps the text, and is refused when training is
   * to be resumed with a schedule that has another one.
   *
   * @return the same text for the same settings in every process: that of a record; of anything
   *     else that does not override this method, that it is the caller's own
   */
  default String description() {
    return this instanceof Record ? toString() : "of the caller's own";
  }

  /** Always 1. */
  record Constant() implements LearningRateSchedule {
    @Override
    public double factor(TrainingMoment moment) {
      return 1;
    }
  }

  /**
   * Multiplied by a factor after every so many epochs.
   *
   * @param epochs between two falls, at least 1
   * @param reduction γ in (0, 1)
   */
  record Steps(int epochs, double reduction) implements LearningRateSchedule {
    /** Checks the numbers. */
    public Steps {
      check(epochs >= 1, "a fall every " + epochs + " epochs", "at least 1");
      check(reduction > 0 && reduction < 1, "reduction " + reduction, "in (0, 1)");
    }

    @Override
    public double factor(TrainingMoment moment) {
      int falls = (moment.epoch() - 1) / epochs;
      return StrictMath.pow(reduction, falls);
    }
  }

  /**
   * Half a cosine from 1 toward a floor (Loshchilov, Hutter 2017, equation 5 without restarts).
   *
   * @param floor in [0, 1]
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
   * A straight line up to 1 before another schedule begins: step s of w has (s + 1)/(w + 1), so
   * that neither the first step is lost nor the last one doubled. The other schedule counts its
   * steps from the end of the warm-up; epochs it counts as they are.
   *
   * @param warmUp w, steps, at least 1
   * @param then what follows
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
   * Multiplied by a factor whenever the validation loss has not fallen for more than so many
   * epochs; then the count begins anew. The rule of PyTorch's ReduceLROnPlateau with a relative
   * threshold.
   *
   * @param reduction γ in (0, 1)
   * @param patience epochs that may pass without a lower loss, at least 0
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
        // losses below 0 exist (densities): "lower" must not turn round with the sign
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
   * Always 1.
   *
   * @return the schedule
   */
  static LearningRateSchedule constant() {
    return new Constant();
  }

  /**
   * A fall after every so many epochs.
   *
   * @param epochs at least 1
   * @param reduction γ in (0, 1)
   * @return the schedule
   */
  static LearningRateSchedule steps(int epochs, double reduction) {
    return new Steps(epochs, reduction);
  }

  /**
   * Half a cosine from 1 toward 0.
   *
   * @return the schedule
   */
  static LearningRateSchedule cosine() {
    return new Cosine(0);
  }

  /**
   * A straight line up to 1, then half a cosine toward 0.
   *
   * @param warmUp steps of the line, at least 1
   * @return the schedule
   */
  static LearningRateSchedule warmUpCosine(long warmUp) {
    return new WarmUp(warmUp, cosine());
  }

  /**
   * A fall whenever the validation loss stands still, with PyTorch's threshold of 1e-4 and no
   * floor.
   *
   * @param reduction γ in (0, 1)
   * @param patience epochs that may pass without a lower loss, at least 0
   * @return the schedule
   */
  static LearningRateSchedule plateau(double reduction, int patience) {
    return new Plateau(reduction, patience, 1e-4, 0);
  }

  private static void check(boolean right, String got, String expected) {
    if (!right) {
      throw new InvalidArgumentException(
          "learning rate schedule", got, expected, "Correct the schedule's description");
    }
  }
}
