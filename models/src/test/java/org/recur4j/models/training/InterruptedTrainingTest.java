package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.recur4j.models.network.Networks.gru;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;

/** Training that somebody stops in the middle of an epoch. */
class InterruptedTrainingTest {
  private static final int BATCHES_IN_AN_EPOCH = 10;

  private static List<Example> examples(int count) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(Example.classified(new int[] {i % 6, i % 5, i % 4}, i % 6 < 3 ? 0 : 1));
    }
    return examples;
  }

  /** Stops after a number of batches and remembers what the epochs said. */
  private static final class Stop implements TrainingListener {
    private final int batches;
    private final List<Double> losses = new ArrayList<>();
    private int done;

    Stop(int batches) {
      this.batches = batches;
    }

    @Override
    public void onBatch(BatchReport report) {
      done++;
    }

    @Override
    public void onEpoch(EpochReport report) {
      losses.add(report.validation().loss());
    }

    @Override
    public boolean stopRequested() {
      return done >= batches;
    }
  }

  private static double lossAfter(Stop stop, int patience, List<Example> judges) {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToOne()
                .embedding(6, 4)
                .recurrent(gru(4))
                .classes(2)
                .seed(1)
                .build(backend)) {
      TrainingResult result =
          Trainer.of(network)
              .optimizer(Optimizer.adam(0.02))
              .epochs(10)
              .batchSize(6)
              .validation(judges)
              .earlyStopping(patience)
              .listener(stop)
              .train(examples(6 * BATCHES_IN_AN_EPOCH));
      assertThat(result.end()).isEqualTo(TrainingResult.End.INTERRUPTED);
      return Trainer.evaluate(network, judges).loss();
    }
  }

  @Test
  void putsTheBestWeightsBack() {
    List<Example> judges = examples(24);
    Stop stop = new Stop(2 * BATCHES_IN_AN_EPOCH + 4);
    double loss = lossAfter(stop, 5, judges);
    assertThat(stop.losses).hasSize(2);
    assertThat(loss).isEqualTo(stop.losses.stream().mapToDouble(d -> d).min().orElseThrow());
  }

  @Test
  void leavesTheWeightsOfTheLastStepWhereNobodyAskedForTheBest() {
    List<Example> judges = examples(24);
    Stop stop = new Stop(2 * BATCHES_IN_AN_EPOCH + 4);
    double loss = lossAfter(stop, 0, judges);
    assertThat(stop.losses).hasSize(2).doesNotContain(loss);
  }
}
