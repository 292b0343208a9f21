package org.recur4j.examples.task;

import java.util.List;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.LearningRateSchedule;

/** How the examples train a network: Adam, half a cosine, gradients clipped at norm 5. */
public final class NetworkTraining {
  private static final double MAXIMUM_NORM = 5;

  private NetworkTraining() {}

  /**
   * Trains.
   *
   * @param network what to train
   * @param settings epochs, batch, rate, seed
   * @param progress told, and asked whether to stop
   * @param training what to learn from
   * @param validation what to judge by after every epoch; may be empty
   * @return what it came to
   */
  public static TrainingResult run(
      Network network,
      TaskSettings settings,
      TaskProgress progress,
      List<Example> training,
      List<Example> validation) {
    return progress
        .follow(
            Trainer.of(network)
                .optimizer(Optimizer.adam(settings.learningRate()))
                .schedule(LearningRateSchedule.cosine())
                .epochs(settings.epochs())
                .batchSize(settings.batch())
                .maximumNorm(MAXIMUM_NORM)
                .validation(validation)
                .seed(settings.seed()))
        .train(training);
  }
}
