package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/** Trainings that go on from a file; processes that are really killed have a test of their own. */
class CheckpointTest {
  private final List<Object> leaks = new ArrayList<>();
  private Backend backend;
  @TempDir private Path folder;
  private Path checkpoint;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults().withOnLeak(leaks::addAll));
    checkpoint = folder.resolve("training.safetensors");
  }

  @AfterEach
  void close() {
    backend.close();
    assertThat(leaks).as("open scopes").isEmpty();
  }

  /** Something goes wrong after so many batches; or somebody asks to stop. */
  private static final class Break implements TrainingListener {
    private final int batches;
    private final boolean politely;
    private int done;
    private String resumed = "";

    Break(int batches, boolean politely) {
      this.batches = batches;
      this.politely = politely;
    }

    @Override
    public void onResume(int epoch, int batch) {
      resumed = epoch + " " + batch;
    }

    @Override
    public void onBatch(BatchReport report) {
      done++;
      if (done == batches && !politely) {
        throw new IllegalStateException("broken on purpose");
      }
    }

    @Override
    public boolean stopRequested() {
      return politely && done == batches;
    }
  }

  private byte[] uninterrupted(UnaryOperator<Trainer<Example>> options) throws IOException {
    Path model = folder.resolve("uninterrupted.safetensors");
    try (Network network = ResumableTraining.network(backend)) {
      TrainingResult result =
          options.apply(ResumableTraining.trainer(network)).train(ResumableTraining.examples());
      ResumableTraining.save(network, result, model);
    }
    return Files.readAllBytes(model);
  }

  private byte[] finish(UnaryOperator<Trainer<Example>> options, TrainingListener listener)
      throws IOException {
    Path model = folder.resolve("model.safetensors");
    try (Network network = ResumableTraining.network(backend)) {
      TrainingResult result =
          options
              .apply(ResumableTraining.trainer(network))
              .checkpoint(checkpoint, Interval.batches(3))
              .listener(listener)
              .train(ResumableTraining.examples());
      ResumableTraining.save(network, result, model);
    }
    return Files.readAllBytes(model);
  }

  private void breakAfter(int batches, UnaryOperator<Trainer<Example>> options) {
    assertThatThrownBy(() -> finish(options, new Break(batches, false)))
        .hasMessage("broken on purpose");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 10, 11, 25, 59})
  void brokenOffItGoesOnFromTheLastCheckpointWithTheSameBits(int batches) throws IOException {
    breakAfter(batches, options -> options);
    Break listener = new Break(-1, false);
    byte[] model = finish(options -> options, listener);
    int done = (batches - 1) / 3 * 3;
    assertThat(listener.resumed).isEqualTo(place(done));
    assertThat(model).isEqualTo(uninterrupted(options -> options));
  }

  /** At the end of an epoch it is judged again, so that the checkpoint is still in that epoch. */
  private static String place(int done) {
    int epoch = (done - 1) / ResumableTraining.BATCHES;
    return (epoch + 1) + " " + (done - epoch * ResumableTraining.BATCHES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 34})
  void stoppedOnRequestItGoesOnFromThatVeryBatch(int batches) throws IOException {
    finish(options -> options, new Break(batches, true));
    Break listener = new Break(-1, false);
    byte[] model = finish(options -> options, listener);
    assertThat(listener.resumed).isEqualTo(place(batches));
    assertThat(model).isEqualTo(uninterrupted(options -> options));
  }

  @Test
  void everyOptimiserAndWayOfBatchingGoesOn() throws IOException {
    List<UnaryOperator<Trainer<Example>>> kinds =
        List.of(
            trainer -> trainer.optimiser(Optimiser.sgd(0.05, 0.9)),
            trainer -> trainer.optimiser(Optimiser.rmsProp(0.01)),
            trainer -> trainer.optimiser(Optimiser.adamW(0.02, 0.1)).accumulate(2),
            trainer -> trainer.schedule(LearningRateSchedule.warmUpCosine(7)).bucketing(1));
    for (UnaryOperator<Trainer<Example>> kind : kinds) {
      Files.deleteIfExists(checkpoint);
      breakAfter(14, kind);
      assertThat(finish(kind, new Break(-1, false))).isEqualTo(uninterrupted(kind));
    }
  }

  @Test
  void chunksOfSequencesGoOn() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int[] sequence = {i % 3, i % 2, 1, i % 4, 2};
      examples.add(Example.tagged(sequence, 0, i % 3, i % 2, 1, i % 4));
    }
    float[][] bits = new float[2][];
    for (int run = 0; run < 2; run++) {
      boolean broken = run == 1;
      try (Network network = tagger()) {
        Trainer<Example> trainer = chunked(network);
        if (broken) {
          assertThatThrownBy(() -> chunked(network).listener(new Break(5, false)).train(examples))
              .hasMessage("broken on purpose");
        }
        trainer.train(examples);
        bits[run] = last(network);
      }
      assertThatCode(() -> Files.delete(checkpoint)).doesNotThrowAnyException();
    }
    assertThat(bits[1]).isEqualTo(bits[0]);
  }

  private Network tagger() {
    return Networks.manyToMany()
        .embedding(4, 3)
        .dropout(0.2)
        .recurrent(Networks.gru(4))
        .classes(4)
        .build(backend);
  }

  private Trainer<Example> chunked(Network network) {
    return Trainer.of(network)
        .epochs(3)
        .batchSize(4)
        .truncatedBackpropagation(2)
        .checkpoint(checkpoint, Interval.seconds(0));
  }

  private static float[] last(Network network) {
    Parameter parameter = network.parameters().get(0);
    float[] values = new float[parameter.value().size()];
    network.backend().download(parameter.value(), values, 0);
    return values;
  }

  /** The line passes by what judges it after some epochs, and early stopping waits from there. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 9, 11})
  void earlyStoppingRemembersTheBestEpochAndHowLongItWaited(int batches) throws IOException {
    List<Line.Point> points = new ArrayList<>();
    for (int x = 0; x < 6; x++) {
      points.add(new Line.Point(x, 0.5f * x - 1));
    }
    float slope;
    TrainingResult wanted;
    try (Line line = new Line(backend)) {
      wanted = stoppedEarly(line).train(points);
      slope = line.slope();
    }
    assertThat(wanted.end()).isEqualTo(TrainingResult.End.STOPPED_EARLY);
    assertThat(wanted.epochs()).hasSizeBetween(6, 8);
    Files.delete(checkpoint);
    try (Line line = new Line(backend)) {
      assertThatThrownBy(() -> stoppedEarly(line).listener(new Break(batches, false)).train(points))
          .hasMessage("broken on purpose");
    }
    try (Line line = new Line(backend)) {
      TrainingResult result = stoppedEarly(line).train(points);
      assertThat(line.slope()).isEqualTo(slope);
      assertThat(result.end()).isEqualTo(wanted.end());
      assertThat(bests(result)).isEqualTo(bests(wanted));
    }
  }

  private static List<Boolean> bests(TrainingResult result) {
    return result.epochs().stream().map(EpochReport::best).toList();
  }

  private Trainer<Line.Point> stoppedEarly(Line line) {
    return Trainer.of(line)
        .optimiser(Optimiser.sgd(0.003, 0))
        .epochs(40)
        .batchSize(3)
        .validation(List.of(new Line.Point(4, 0.2f)))
        .earlyStopping(4)
        .checkpoint(checkpoint, Interval.batches(1));
  }

  @Test
  void aTrainingThatHasEndedIsNotRepeated() throws IOException {
    byte[] first = finish(options -> options, new Break(-1, false));
    Break listener = new Break(-1, false);
    assertThat(finish(options -> options, listener)).isEqualTo(first);
    assertThat(listener.done).isZero();
    assertThat(listener.resumed).isEqualTo("6 10");
  }

  @Test
  void anotherTrainingIsRefusedAndNothingIsTouched() throws IOException {
    breakAfter(7, options -> options);
    byte[] before = Files.readAllBytes(checkpoint);
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
    try (Network network = ResumableTraining.network(backend)) {
      assertThatThrownBy(() -> resume(ResumableTraining.trainer(network)).train(fewer))
          .hasMessageContaining("examples to learn from 32; expected 40");
      List<Example> longer = new ArrayList<>(ResumableTraining.examples());
      longer.replaceAll(e -> Example.classified(Arrays.copyOf(e.indices(), 9), 0));
      assertThatThrownBy(() -> resume(ResumableTraining.trainer(network)).train(longer))
          .hasMessageContaining("lengths of the examples");
    }
    try (Network other =
        Networks.manyToOne()
            .embedding(6, 5)
            .bidirectional(Networks.lstm(7))
            .classes(2)
            .build(backend)) {
      assertThatThrownBy(
              () -> resume(ResumableTraining.trainer(other)).train(ResumableTraining.examples()))
          .hasMessageContaining("hiddenSize=7")
          .hasMessageContaining("hiddenSize=6");
    }
    assertThat(Files.readAllBytes(checkpoint)).isEqualTo(before);
  }

  private Trainer<Example> resume(Trainer<Example> trainer) {
    return trainer.checkpoint(checkpoint, Interval.batches(3));
  }

  private void refuses(UnaryOperator<Trainer<Example>> change, String... parts) {
    try (Network network = ResumableTraining.network(backend)) {
      float[] weights = last(network);
      assertThatThrownBy(
              () ->
                  resume(change.apply(ResumableTraining.trainer(network)))
                      .train(ResumableTraining.examples()))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("resuming training from " + checkpoint)
          .hasMessageContaining("begin anew with another file")
          .hasMessageContainingAll(parts);
      assertThat(last(network)).isEqualTo(weights);
    }
  }

  @Test
  void anotherEngineIsRefused() {
    breakAfter(7, options -> options);
    BackendInfo plain = backend.info();
    BackendInfo info =
        new BackendInfo(
            plain.name(), plain.version(), plain.device(), "vectors", 2, plain.dataTypes());
    Backend other =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) ->
                    method.getName().equals("info") ? info : method.invoke(backend, arguments));
    try (Network network = ResumableTraining.network(other)) {
      assertThatThrownBy(
              () -> resume(ResumableTraining.trainer(network)).train(ResumableTraining.examples()))
          .hasMessageContaining("got engine vectors; expected plain loops");
    }
  }

  @Test
  void damageIsRefusedAndTheCheckpointBeforeIsKept() throws IOException {
    breakAfter(16, options -> options);
    byte[] whole = Files.readAllBytes(checkpoint);
    Path previous = folder.resolve("training.safetensors.previous");
    assertThat(previous).exists();
    List<byte[]> damaged = new ArrayList<>();
    for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
      damaged.add(Arrays.copyOf(whole, length));
    }
    for (int place : new int[] {0, 3, 9, 700, whole.length / 2, whole.length - 1}) {
      byte[] flipped = whole.clone();
      flipped[place] ^= 16;
      damaged.add(flipped);
    }
    for (byte[] bytes : damaged) {
      Files.write(checkpoint, bytes);
      try (Network network = ResumableTraining.network(backend)) {
        float[] weights = last(network);
        assertThatThrownBy(
                () ->
                    resume(ResumableTraining.trainer(network)).train(ResumableTraining.examples()))
            .isInstanceOf(RecurException.class)
            .hasMessageStartingWith("Cannot resume training: ")
            .hasMessageContaining(checkpoint.toString())
            .hasMessageContaining("The checkpoint before it is kept in " + previous)
            .hasMessageContaining("rename it to training.safetensors to go on from there");
        assertThat(last(network)).isEqualTo(weights);
      }
    }
    Files.delete(checkpoint);
    Files.move(previous, checkpoint);
    Break listener = new Break(-1, false);
    assertThat(finish(options -> options, listener)).isEqualTo(uninterrupted(options -> options));
    assertThat(listener.resumed).isEqualTo("2 2");
  }

  @Test
  void aModelFileIsNoCheckpoint() throws IOException {
    Files.write(checkpoint, uninterrupted(options -> options));
    try (Network network = ResumableTraining.network(backend)) {
      assertThatThrownBy(
              () -> resume(ResumableTraining.trainer(network)).train(ResumableTraining.examples()))
          .hasMessageContaining("expected a checkpoint of a trainer");
    }
  }

  @Test
  void everyPartOfThePlanIsCompared() {
    try (Network network = ResumableTraining.network(backend)) {
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
