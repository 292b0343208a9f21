package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/** A checkpoint of another training is refused. */
class CheckpointIdentityTest {
  @TempDir private Path folder;
  private BrokenRuns runs;

  @BeforeEach
  void open() {
    runs = BrokenRuns.in(folder);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void anotherTrainingIsRefusedAndNothingIsTouched() throws IOException {
    runs.breakAfter(7, options -> options);
    byte[] before = Files.readAllBytes(runs.checkpoint());
    refuses(t -> t.batchSize(8), "batching Batching[size=8", "Batching[size=4");
    refuses(t -> t.bucketing(5), "windowBatches=5", "windowBatches=3");
    refuses(t -> t.epochs(9), "got epochs 9", "expected 6");
    refuses(t -> t.seed(10), "got seed 10", "expected 9");
    refuses(t -> t.optimiser(Optimiser.sgd(1, 0)), "got optimiser Sgd[", "Adam[");
    refuses(t -> t.maximumNorm(2), "2.0", "0.5");
    refuses(t -> t.schedule(LearningRateSchedule.cosine()), "schedule Cosine[", "Plateau[");
    refuses(t -> t.earlyStopping(4), "patience 4", "5");
    refuses(t -> t.keepBest(Criterion.accuracy()), "validation accuracy", "validation loss");
    refuses(t -> t.validation(ResumableTraining.examples()), "to judge by 60", "10");
    List<Example> fewer = ResumableTraining.examples().subList(0, 40);
    try (Network network = ResumableTraining.network(runs.backend())) {
      assertThatThrownBy(() -> runs.resume(ResumableTraining.trainer(network)).train(fewer))
          .hasMessageContaining("examples to learn from 32; expected 40");
      List<Example> longer = new ArrayList<>(ResumableTraining.examples());
      longer.replaceAll(e -> Example.classified(Arrays.copyOf(e.indices(), 9), 0));
      assertThatThrownBy(() -> runs.resume(ResumableTraining.trainer(network)).train(longer))
          .hasMessageContaining("lengths of the examples");
    }
    try (Network other =
        Networks.manyToOne()
            .embedding(6, 5)
            .bidirectional(Networks.lstm(7))
            .classes(2)
            .build(runs.backend())) {
      assertThatThrownBy(
              () ->
                  runs.resume(ResumableTraining.trainer(other)).train(ResumableTraining.examples()))
          .hasMessageContaining("hiddenSize=7")
          .hasMessageContaining("hiddenSize=6");
    }
    assertThat(Files.readAllBytes(runs.checkpoint())).isEqualTo(before);
  }

  private void refuses(UnaryOperator<Trainer<Example>> change, String... parts) {
    try (Network network = ResumableTraining.network(runs.backend())) {
      float[] weights = BrokenRuns.weights(network);
      assertThatThrownBy(
              () ->
                  runs.resume(change.apply(ResumableTraining.trainer(network)))
                      .train(ResumableTraining.examples()))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("resuming training from " + runs.checkpoint())
          .hasMessageContaining("or remove it, or name another file, to begin anew")
          .hasMessageContainingAll(parts);
      assertThat(BrokenRuns.weights(network)).isEqualTo(weights);
    }
  }

  @Test
  void anotherEngineIsRefused() {
    runs.breakAfter(7, options -> options);
    BackendInfo plain = runs.backend().info();
    BackendInfo info =
        new BackendInfo(
            plain.name(), plain.version(), plain.device(), "vectors", 2, plain.dataTypes());
    Backend other =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) ->
                    method.getName().equals("info")
                        ? info
                        : method.invoke(runs.backend(), arguments));
    try (Network network = ResumableTraining.network(other)) {
      assertThatThrownBy(
              () ->
                  runs.resume(ResumableTraining.trainer(network))
                      .train(ResumableTraining.examples()))
          .hasMessageContaining("got engine vectors; expected plain loops");
    }
  }

  @Test
  void aModelFileIsNoCheckpoint() throws IOException {
    Files.write(runs.checkpoint(), runs.uninterrupted(options -> options));
    try (Network network = ResumableTraining.network(runs.backend())) {
      assertThatThrownBy(
              () ->
                  runs.resume(ResumableTraining.trainer(network))
                      .train(ResumableTraining.examples()))
          .hasMessageContaining("expected a checkpoint of a trainer");
    }
  }

  @Test
  void everyPartOfThePlanIsCompared() {
    try (Network network = ResumableTraining.network(runs.backend())) {
      TrainingPlan plan =
          new TrainingPlan(
              Optimiser.adam(0.125),
              LearningRateSchedule.steps(3, 0.375),
              11,
              new Batching(12, 13, 14, 0),
              Clipping.globalNorm(15.5),
              0.25,
              new Selection(Criterion.highest("my own", Evaluation::loss), 16, true),
              17);
      Identity identity = Identity.of(new TrainableNetwork(network), plan, new int[18], 19);
      assertThat(identity.facts().values().toString())
          .contains(
              "0.125", "0.375", "11", "12", "13", "14", "15.5", "0.25", "my own", "16", "true")
          .contains("17", "18", "19", "plain loops", "toy 1", "FLOAT32", "SoftmaxCrossEntropy");
      assertThat(identity.facts().values()).noneMatch(fact -> fact.contains("@"));
      assertThat(TrainingPlan.class.getRecordComponents())
          .as("a new part of the plan belongs into Identity and into this test")
          .hasSize(8);
    }
  }
}
