package org.recur4j.models.training;

import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Interval;
import org.recur4j.models.training.schedule.LearningRateSchedule;

/**
 * A training with everything that a checkpoint has to hold: dropout, buckets, moments, a schedule
 * that looks back, early stopping. As a program it is started, killed and started again.
 */
final class ResumableTraining {
  static final int EPOCHS = 6;
  static final int BATCHES = 10;
  private static final int BATCH = 4;

  private ResumableTraining() {}

  /**
   * Trains, a batch for each byte that comes in, of which it tells a line; saves the model.
   *
   * @param arguments checkpoint, model
   */
  public static void main(String[] arguments) {
    TrainingListener permitted =
        new TrainingListener() {
          @Override
          public void onResume(int epoch, int batch, List<EpochReport> finished) {
            System.out.println("resumed " + epoch + " " + batch);
          }

          @Override
          public void onBatch(BatchReport report) {
            System.out.println("batch " + report.epoch() + " " + report.batch());
            try {
              System.in.read();
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = network(backend)) {
      TrainingResult result =
          trainer(network)
              .listener(permitted)
              .checkpoint(Path.of(arguments[0]), Interval.batches(2))
              .train(examples());
      save(network, result, Path.of(arguments[1]));
    }
  }

  static Network network(Backend backend) {
    return Networks.manyToOne()
        .embedding(6, 5)
        .bidirectional(lstm(6))
        .dropout(0.3)
        .recurrent(gru(5))
        .classes(2)
        .seed(3)
        .build(backend);
  }

  static Trainer<Example> trainer(Network network) {
    return Trainer.of(network)
        .optimizer(Optimizer.adam(0.02))
        .schedule(LearningRateSchedule.plateau(0.5, 0))
        .epochs(EPOCHS)
        .batchSize(BATCH)
        .bucketing(3)
        .maximumNorm(0.5)
        .validationFraction(0.2)
        .earlyStopping(5)
        .keepBest()
        .seed(9);
  }

  /** A fifth of them judges. */
  static List<Example> examples() {
    Philox random = new Philox(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < BATCH * BATCHES * 5 / 4; i++) {
      int[] sequence = new int[1 + random.bounded(7, RandomStream.CUSTOM.at(0), i, 0)];
      for (int t = 0; t < sequence.length; t++) {
        sequence[t] = random.bounded(6, RandomStream.CUSTOM.at(1), i, t);
      }
      examples.add(Example.classified(sequence, sequence[0] % 2));
    }
    return examples;
  }

  /** With all that was said of the epochs, but for their time. */
  static void save(Network network, TrainingResult result, Path model) {
    StringBuilder story = new StringBuilder(result.end() + " " + result.gradientHorizon());
    for (EpochReport report : result.epochs()) {
      story
          .append('\n')
          .append(report.epoch())
          .append(' ')
          .append(report.loss())
          .append(' ')
          .append(report.validation())
          .append(' ')
          .append(report.best());
    }
    network.save(model, Map.of("story", story.toString()));
  }
}
