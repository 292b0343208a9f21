package org.recur4j.examples.bench;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.WholeSequenceBuilder;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.TrainingLoop;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;

/** One step of a trainer on one prepared batch. */
final class TrainingSubject implements Subject {
  private final Backend backend;
  private final Network network;
  private final TrainingLoop<PreparedBatch> loop;
  private final List<PreparedBatch> batch;

  TrainingSubject(Workload workload, Backend backend) {
    this.backend = backend;
    this.network = network(workload, backend);
    this.batch = List.of(PreparedBatch.of(workload));
    // A rate at which thousands of steps on one batch stay tame; it costs what any other costs.
    this.loop =
        Trainer.of(new PreparedTraining(network))
            .optimizer(Optimizer.adam(1e-4))
            .batchSize(1)
            .begin();
  }

  private static Network network(Workload workload, Backend backend) {
    WholeSequenceBuilder<?> builder =
        workload.answersEveryStep() ? Networks.manyToMany() : Networks.manyToOne();
    builder.seed(1);
    if (workload.vocabulary() > 0) {
      builder.embedding(workload.vocabulary(), workload.inputSize());
    } else {
      builder.features(workload.inputSize());
    }
    RecurrentLayerSpec layer = RecurrentLayerSpec.of(workload.cell(), workload.hiddenSize());
    for (int i = 0; i < workload.layers(); i++) {
      if (workload.isBidirectional()) {
        builder.bidirectional(layer);
      } else {
        builder.recurrent(layer);
      }
    }
    return builder.classes(workload.classes()).build(backend);
  }

  @Override
  public void step() {
    BatchReport report = loop.step(batch);
    if (!report.applied()) {
      throw new IllegalStateException("a step moved no weights: " + report.fault());
    }
    backend.synchronize();
  }

  @Override
  public void close() {
    loop.close();
    network.close();
  }
}
