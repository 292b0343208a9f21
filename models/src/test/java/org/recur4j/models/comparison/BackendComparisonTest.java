package org.recur4j.models.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.TrainingListener;

/** Trainings and calls in turns. */
class BackendComparisonTest {
  private final BackendOptions options = BackendOptions.defaults().withThreads(1);
  private final List<Backend> open =
      List.of(new ToyProvider().open(options), new ToyProvider().open(options));
  private final BackendComparison comparison = BackendComparison.of(open, 0.95);

  @AfterEach
  void close() {
    comparison.close();
  }

  private static Network network(Backend backend) {
    return Networks.manyToOne()
        .seed(1)
        .embedding(5, 3)
        .recurrent(Networks.gru(4))
        .classes(3)
        .build(backend);
  }

  private static List<Example> examples(Architecture architecture) {
    return RandomExamples.of(architecture, 24, 6, 1);
  }

  private static Evaluation train(Backend backend, TrainingListener listener) {
    try (Network network = network(backend)) {
      List<Example> examples = examples(network.architecture());
      Trainer.of(network).batchSize(4).epochs(4).seed(1).listener(listener).train(examples);
      return Trainer.evaluate(network, examples);
    }
  }

  @Test
  void trainsAsIfEachWereAlone() {
    TrainingComparison<Evaluation> compared =
        comparison.training(BackendComparisonTest::train, TurnPolicy.of(2, 1));
    List<Double> losses = new ArrayList<>();
    Evaluation alone =
        train(
            open.get(0),
            new TrainingListener() {
              @Override
              public void onBatch(BatchReport report) {
                losses.add(report.loss());
              }
            });
    assertThat(compared.courses()).hasSize(2);
    for (TrainingRecord<Evaluation> course : compared.courses()) {
      assertThat(course.result()).isEqualTo(alone);
      assertThat(course.losses()).containsExactly(losses.stream().mapToDouble(x -> x).toArray());
      assertThat(course.finalLoss()).isEqualTo(losses.get(23));
      assertThat(course.epochs()).extracting(EpochReport::loss).hasSize(4);
      // 24 steps are 12 rounds, of which a quarter warms up.
      assertThat(course.steps().rounds()).hasSize(9).allMatch(round -> round.length == 2);
      assertThat(course.seconds()).isPositive();
      assertThat(course.tensorBytes()).isPositive();
    }
    assertThat(compared.largestLossDifference()).isZero();
    assertThat(compared.contrasts()).hasSize(1);
    assertThat(compared.contrasts().get(0).ratio().count()).isEqualTo(9);
  }

  @Test
  void oneComputesWhileTheOthersWait() {
    List<String> course = Collections.synchronizedList(new ArrayList<>());
    comparison.training(
        (backend, listener) -> {
          String name = Integer.toString(open.indexOf(backend));
          for (int step = 0; step < 5; step++) {
            boolean stop = listener.stopRequested();
            course.add(name + (stop ? "!" : ""));
            listener.onBatch(new BatchReport(1, step + 1, 5, 1, 1, true, ""));
          }
          return name;
        },
        TurnPolicy.of(2, 0));
    assertThat(String.join("", course)).isEqualTo("0011" + "0011" + "01");
  }

  @Test
  void stopsAtTheLimit() {
    TrainingComparison<Evaluation> compared =
        comparison.training(BackendComparisonTest::train, TurnPolicy.of(2, 0).withLimit(7));
    for (TrainingRecord<Evaluation> course : compared.courses()) {
      assertThat(course.losses()).hasSize(7);
      // Half a round is no round.
      assertThat(course.steps().rounds()).hasSize(3);
    }
  }

  @Test
  void stopsWhenTimeIsUpAndThereAreRoundsEnough() {
    TrainingComparison<Evaluation> compared =
        comparison.training(BackendComparisonTest::train, TurnPolicy.of(1, 2).withSeconds(1e-9));
    for (TrainingRecord<Evaluation> course : compared.courses()) {
      assertThat(course.steps().rounds()).hasSize(9);
    }
  }

  @Test
  void aFailureStopsTheOthersAndClosesWhatTheyGave() {
    List<String> closed = Collections.synchronizedList(new ArrayList<>());
    assertThatThrownBy(
            () ->
                comparison.training(
                    (backend, listener) -> {
                      listener.stopRequested();
                      if (backend == open.get(1)) {
                        throw new IllegalStateException("no more");
                      }
                      listener.onBatch(new BatchReport(1, 1, 9, 1, 1, true, ""));
                      assertThat(listener.stopRequested()).isTrue();
                      return (AutoCloseable) () -> closed.add("closed");
                    },
                    TurnPolicy.of(1, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no more");
    assertThat(closed).containsExactly("closed");
  }

  @Test
  void refusesATrainingWithoutAStep() {
    assertThatThrownBy(
            () -> comparison.training((backend, listener) -> "done", TurnPolicy.of(1, 0)))
        .hasMessageContaining("no round")
        .hasMessageContaining("Increase the number of steps");
  }

  @Test
  void timesCallsRoundByRound() {
    List<Integer> calls = new ArrayList<>();
    InferenceComparison compared =
        comparison.answering(
            new InferenceWorkload(backend -> () -> calls.add(open.indexOf(backend)), 8, 6, 0, 0));
    // Each warms up once; with no time to fill, a round is one call.
    assertThat(calls).containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    InferenceTimes course = compared.courses().get(1);
    assertThat(course.calls().rounds()).hasSize(6);
    assertThat(course.throughput(0.95).value()).isPositive();
    assertThat(compared.contrasts().get(0).ratio().hasInterval()).isTrue();
  }

  @Test
  void aNameThatNoProviderHasIsRefused() {
    assertThatThrownBy(() -> BackendComparison.open(List.of("abacus"), options, 0.95))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("the name 'abacus'");
  }

  @Test
  void randomExamplesFitWhateverTheNetworkReads() {
    try (Network values =
            Networks.manyToMany()
                .features(2)
                .recurrent(Networks.lstm(3))
                .values(2)
                .build(open.get(0));
        Network labels =
            Networks.manyToOne()
                .features(2)
                .recurrent(Networks.gru(3))
                .labels(4)
                .build(open.get(0));
        Network classes = network(open.get(0))) {
      for (Network network : List.of(values, labels, classes)) {
        List<Example> examples = examples(network.architecture());
        assertThat(Trainer.evaluate(network, examples).loss()).isFinite().isPositive();
        assertThat(examples.get(0)).usingRecursiveComparison().isNotEqualTo(examples.get(1));
        assertThat(examples(network.architecture())).usingRecursiveComparison().isEqualTo(examples);
      }
    }
  }
}
