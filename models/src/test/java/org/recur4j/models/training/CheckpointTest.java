package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Interval;
import org.recur4j.models.training.schedule.LearningRateSchedule;

/** Trainings that go on from a file; processes that are really killed have a test of their own. */
class CheckpointTest {
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

  @ParameterizedTest
  @ValueSource(ints = {4, 10, 11, 25, 59})
  void brokenOffItGoesOnFromTheLastCheckpointWithTheSameBits(int batches) throws IOException {
    runs.breakAfter(batches, options -> options);
    Break listener = Break.never();
    byte[] model = runs.finish(options -> options, listener);
    int done = (batches - 1) / 3 * 3;
    assertThat(listener.resumed()).isEqualTo(place(done));
    assertThat(model).isEqualTo(runs.uninterrupted(options -> options));
  }

  /** At the end of an epoch it is judged again, so that the checkpoint is still in that epoch. */
  private static String place(int done) {
    int epoch = (done - 1) / ResumableTraining.BATCHES;
    return (epoch + 1) + " " + (done - epoch * ResumableTraining.BATCHES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 34})
  void stoppedOnRequestItGoesOnFromThatVeryBatch(int batches) throws IOException {
    runs.finish(options -> options, Break.politelyAfter(batches));
    Break listener = Break.never();
    byte[] model = runs.finish(options -> options, listener);
    assertThat(listener.resumed()).isEqualTo(place(batches));
    assertThat(model).isEqualTo(runs.uninterrupted(options -> options));
  }

  @Test
  void everyOptimizerAndWayOfBatchingGoesOn() throws IOException {
    List<UnaryOperator<Trainer<Example>>> kinds =
        List.of(
            trainer -> trainer.optimizer(Optimizer.sgd(0.05, 0.9)),
            trainer -> trainer.optimizer(Optimizer.rmsProp(0.01)),
            trainer -> trainer.optimizer(Optimizer.adamW(0.02, 0.1)).accumulate(2),
            trainer -> trainer.schedule(LearningRateSchedule.warmUpCosine(7)).bucketing(1));
    for (UnaryOperator<Trainer<Example>> kind : kinds) {
      Files.deleteIfExists(runs.checkpoint());
      runs.breakAfter(14, kind);
      assertThat(runs.finish(kind, Break.never())).isEqualTo(runs.uninterrupted(kind));
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
          assertThatThrownBy(() -> chunked(network).listener(Break.after(5)).train(examples))
              .hasMessage("broken on purpose");
        }
        trainer.train(examples);
        bits[run] = BrokenRuns.weights(network);
      }
      assertThatCode(() -> Files.delete(runs.checkpoint())).doesNotThrowAnyException();
    }
    assertThat(bits[1]).isEqualTo(bits[0]);
  }

  private Network tagger() {
    return Networks.manyToMany()
        .embedding(4, 3)
        .dropout(0.2)
        .recurrent(Networks.gru(4))
        .classes(4)
        .build(runs.backend());
  }

  private Trainer<Example> chunked(Network network) {
    return Trainer.of(network)
        .epochs(3)
        .batchSize(4)
        .truncatedBackpropagation(2)
        .checkpoint(runs.checkpoint(), Interval.seconds(0));
  }

  @Test
  void aTrainingThatHasEndedIsNotRepeated() throws IOException {
    byte[] first = runs.finish(options -> options, Break.never());
    Break listener = Break.never();
    assertThat(runs.finish(options -> options, listener)).isEqualTo(first);
    assertThat(listener.done()).isZero();
    assertThat(listener.resumed()).isEqualTo("6 10");
  }

  @Test
  void tellsOfTheEpochsBeforeAndCountsTheirTime() {
    TrainingResult broken = train(Break.politelyAfter(25));
    assertThat(broken.end()).isEqualTo(TrainingResult.End.INTERRUPTED);
    Break listener = Break.never();
    TrainingResult result = train(listener);
    assertThat(listener.finished()).hasSize(2).isEqualTo(broken.epochs());
    assertThat(result.epochs().subList(0, 2)).isEqualTo(broken.epochs());
    assertThat(result.seconds()).isEqualTo(sum(result));
    assertThat(broken.seconds()).as("the running epoch counts").isGreaterThan(sum(broken));
    Break again = Break.never();
    assertThat(train(again)).isEqualTo(result);
    assertThat(again.finished()).isEqualTo(result.epochs());
  }

  private TrainingResult train(TrainingListener listener) {
    try (Network network = ResumableTraining.network(runs.backend())) {
      return runs.resume(ResumableTraining.trainer(network))
          .listener(listener)
          .train(ResumableTraining.examples());
    }
  }

  private static double sum(TrainingResult result) {
    return result.epochs().stream().mapToDouble(EpochReport::seconds).sum();
  }
}
