package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.model.TrainableNetwork;
import org.recur4j.models.training.optimizer.Clipping;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Batching;
import org.recur4j.models.training.schedule.Criterion;
import org.recur4j.models.training.schedule.Interval;
import org.recur4j.models.training.schedule.LearningRateSchedule;
import org.recur4j.models.training.schedule.Selection;
import org.recur4j.models.training.schedule.TrainingPlan;

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
    refuses(t -> t.optimizer(Optimizer.sgd(1, 0)), "got optimizer Sgd[", "Adam[");
    refuses(t -> t.maximumNorm(2), "2.0", "0.5");
    refuses(t -> t.schedule(LearningRateSchedule.cosine()), "schedule Cosine[", "Plateau[");
    refuses(t -> t.earlyStopping(4), "patience 4", "5");
    refuses(t -> t.keepBest(Criterion.accuracy()), "validation accuracy", "validation loss");
    refuses(t -> t.validation(ResumableTraining.examples()), "validation examples 60", "10");
    List<Example> fewer = ResumableTraining.examples().subList(0, 40);
    try (Network network = ResumableTraining.network(runs.backend())) {
      assertThatThrownBy(() -> runs.resume(ResumableTraining.trainer(network)).train(fewer))
          .hasMessageContaining("number of training examples 32; expected 40");
      List<Example> longer = new ArrayList<>(ResumableTraining.examples());
      longer.replaceAll(e -> Example.classified(Arrays.copyOf(e.indices(), 9), 0));
      assertThatThrownBy(() -> runs.resume(ResumableTraining.trainer(network)).train(longer))
          .hasMessageContaining("got another example 0");
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
          .hasMessageContaining("\"hiddenSize\":7")
          .hasMessageContaining("\"hiddenSize\":6");
    }
    assertThat(Files.readAllBytes(runs.checkpoint())).isEqualTo(before);
  }

  @Test
  void otherExamplesAreRefusedByTheirPlace() {
    runs.breakAfter(7, options -> options);
    List<Example> turned = new ArrayList<>(ResumableTraining.examples());
    turned.set(12, Example.classified(turned.get(12).indices(), 1 - turned.get(12).labels()[0]));
    refusesExamples(turned, "got another example 12; expected the examples that training was");
    List<Example> changed = new ArrayList<>(ResumableTraining.examples());
    int[] sequence = changed.get(30).indices().clone();
    sequence[0] = (sequence[0] + 2) % 6;
    changed.set(30, Example.classified(sequence, changed.get(30).labels()[0]));
    refusesExamples(changed, "got another example 30");
    List<Example> exchanged = new ArrayList<>(ResumableTraining.examples());
    Collections.swap(exchanged, 7, 8);
    refusesExamples(exchanged, "got another example 7");
  }

  private void refusesExamples(List<Example> examples, String part) {
    try (Network network = ResumableTraining.network(runs.backend())) {
      assertThatThrownBy(() -> runs.resume(ResumableTraining.trainer(network)).train(examples))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining(part)
          .hasMessageContaining("call resumeDespite(\"examples\") to resume anyway");
    }
  }

  @Test
  void goesOnDespiteWhatTheCallerNames() {
    runs.breakAfter(7, options -> options);
    List<Example> turned = new ArrayList<>(ResumableTraining.examples());
    turned.replaceAll(e -> Example.classified(e.indices(), 1 - e.labels()[0]));
    try (Network network = ResumableTraining.network(runs.backend())) {
      Trainer<Example> trainer = runs.resume(ResumableTraining.trainer(network).epochs(7));
      assertThatThrownBy(() -> trainer.resumeDespite("examples").train(turned))
          .hasMessageContaining("got epochs 7; expected 6");
      TrainingResult result = trainer.resumeDespite("epochs").train(turned);
      assertThat(result.epochs()).hasSize(7);
    }
    try (Network network = ResumableTraining.network(runs.backend())) {
      Trainer<Example> trainer = runs.resume(ResumableTraining.trainer(network).epochs(7));
      assertThat(trainer.train(turned).epochs()).as("the new examples are recorded").hasSize(7);
      List<Example> more = new ArrayList<>(turned);
      more.addAll(ResumableTraining.examples());
      TrainingResult longer =
          trainer
              .epochs(9)
              .resumeDespite(
                  "epochs",
                  "examples",
                  "number of training examples",
                  "number of validation examples")
              .train(more);
      assertThat(longer.epochs()).hasSize(9);
      assertThat(trainer.train(more).epochs()).as("epochs of two sizes are read").hasSize(9);
      assertThatThrownBy(() -> trainer.resumeDespite("weather").train(turned))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("resumeDespite: got 'weather'; expected names among 'model', ")
          .hasMessageContaining("'validation examples'");
    }
  }

  @Test
  void validationExamplesAreComparedAndMaskedStepsAreNot() {
    Path file = folder.resolve("masked.checkpoint");
    boolean[] mask = {true, false};
    List<Example> judges = List.of(Example.classified(new int[] {1}, 1));
    List<Example> examples = List.of(Example.classified(new int[] {1, 2}, 0).masked(mask));
    try (Network network = ResumableTraining.network(runs.backend())) {
      Trainer<Example> trainer =
          Trainer.of(network).epochs(1).checkpoint(file, Interval.batches(1)).validation(judges);
      trainer.train(examples);
      List<Example> sameToRead = List.of(Example.classified(new int[] {1, 9}, 0).masked(mask));
      trainer.train(sameToRead);
      trainer.validation(List.of(Example.classified(new int[] {2}, 1)));
      assertThatThrownBy(() -> trainer.train(examples))
          .hasMessageContaining("got another validation example 0")
          .hasMessageContaining("resumeDespite(\"validation examples\")");
    }
  }

  @Test
  void theFingerprintOfALongListTellsARange() {
    List<Example> few = ResumableTraining.examples();
    List<Example> many = new ArrayList<>(Collections.nCopies(10_000, few.get(0)));
    try (Network network = ResumableTraining.network(runs.backend())) {
      TrainableNetwork trainable = new TrainableNetwork(network);
      ExampleFingerprint before = ExampleFingerprint.of(trainable, many);
      many.set(7001, few.get(1));
      ExampleFingerprint after = ExampleFingerprint.of(trainable, many);
      assertThat(after.difference(before.text(), "example"))
          .contains("another example among numbers 6999 to 7001");
      assertThat(after.difference(after.text(), "example")).isEmpty();
      assertThat(after.difference("99 0123", "example"))
          .contains("10000 examples, but the checkpoint has 99");
      assertThat(after.difference("", "example")).isPresent();
      assertThat(after.text().length()).isLessThan(70_000);
    }
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
          .hasMessageContaining("or remove the checkpoint, or choose another file, to start over")
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
              Optimizer.adam(0.125),
              LearningRateSchedule.steps(3, 0.375),
              11,
              new Batching(12, 13, 14, 0, 18),
              Clipping.globalNorm(15.5),
              0.25,
              new Selection(Criterion.highest("my own", Evaluation::loss), 16, true),
              17);
      List<Example> twenty = ResumableTraining.examples().subList(0, 20);
      TrainableNetwork trainable = new TrainableNetwork(network);
      TrainingFingerprint identity =
          TrainingFingerprint.of(
              trainable, plan, TrainingExamples.of(trainable, plan, twenty, List.of()));
      assertThat(identity.facts().values().toString())
          .contains(
              "0.125", "0.375", "11", "12", "13", "14", "15.5", "0.25", "my own", "16", "true")
          .contains("17", "18", "plain loops", "toy 1", "FLOAT32", "SoftmaxCrossEntropy");
      assertThat(identity.facts().values()).noneMatch(fact -> fact.contains("@"));
      assertThat(TrainingPlan.class.getRecordComponents())
          .as("a new part of the plan belongs into TrainingFingerprint and into this test")
          .hasSize(8);
    }
  }
}
