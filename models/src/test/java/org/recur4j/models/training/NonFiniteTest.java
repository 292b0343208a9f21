package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;

/** Poisons one number and reads where the trainer found it. */
class NonFiniteTest {
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Network network(boolean stepwise) {
    var builder = Networks.manyToMany().features(2).recurrent(Networks.lstm(3)).classes(2);
    return (stepwise ? builder.stepwise() : builder).seed(1).build(backend);
  }

  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      examples.add(Example.tagged(new float[][] {{i, 1}, {1, -i}, {0, 1}}, 0, 1, i % 2));
    }
    return examples;
  }

  private void set(Network network, String name, int place, float value) {
    Parameter parameter =
        network.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    float[] values = new float[parameter.value().size()];
    backend.download(parameter.value(), values, 0);
    values[place] = value;
    backend.upload(values, 0, parameter.value());
    network.refresh();
  }

  private static List<BatchReport> train(Network network) {
    List<BatchReport> reports = new ArrayList<>();
    Trainer.of(network)
        .optimizer(Optimizer.sgd(1e-3, 0))
        .epochs(1)
        .batchSize(4)
        .listener(
            new TrainingListener() {
              @Override
              public void onBatch(BatchReport report) {
                reports.add(report);
              }
            })
        .train(examples());
    return reports;
  }

  @Test
  void saysNothingWhereAllIsWell() {
    try (Network network = network(false)) {
      assertThat(train(network)).hasSize(2).allMatch(BatchReport::applied);
      assertThat(train(network)).extracting(BatchReport::fault).containsOnly("");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rnn.weight_ih_l0, 5, '[2, 1] of [12, 2]'",
    "rnn.weight_hh_l0, 10, '[3, 1] of [12, 3]'",
    "head.bias, 1, '[1] of [2]'"
  })
  void namesAPoisonedWeight(String name, int place, String where) {
    for (boolean stepwise : new boolean[] {false, true}) {
      try (Network network = network(stepwise)) {
        set(network, name, place, Float.NaN);
        BatchReport report = train(network).get(0);
        assertThat(report.applied()).isFalse();
        assertThat(report.fault())
            .isEqualTo("the weight " + name + " is NaN, first at position " + where);
      }
    }
  }

  /** 3e38 is finite; times an input it is not. */
  @Test
  void namesTheFirstOperationThatOverflows() {
    try (Network network =
        Networks.manyToMany()
            .features(2)
            .dense(4, Activation.IDENTITY)
            .dense(3, Activation.IDENTITY)
            .recurrent(Networks.gru(3))
            .classes(2)
            .build(backend)) {
      set(network, "dense1.weight", 5, 3e38f);
      set(network, "dense0.bias", 1, 100);
      assertThat(train(network).get(0).fault())
          .startsWith("the output of linear (dense1.weight, dense1.bias) is Infinity, first at")
          .endsWith("step 0, row 0, feature 1 of [3, 4, 3]");
    }
  }

  /** The forward pass is finite; a gradient of 1e38 a row times its weight is not. */
  @Test
  void namesTheGradientThatOverflows() {
    try (Network network =
        Networks.oneToOne()
            .features(1)
            .dense(1, Activation.IDENTITY)
            .dense(1, Activation.IDENTITY)
            .values(1)
            .build(backend)) {
      for (String name : List.of("dense0", "dense1", "head")) {
        set(network, name + ".bias", 0, 0);
      }
      set(network, "dense0.weight", 0, 1e-30f);
      set(network, "dense1.weight", 0, 1e30f);
      set(network, "head.weight", 0, (float) 1e18);
      List<BatchReport> reports = new ArrayList<>();
      Trainer.of(network)
          .epochs(1)
          .listener(
              new TrainingListener() {
                @Override
                public void onBatch(BatchReport report) {
                  reports.add(report);
                }
              })
          .train(List.of(Example.valued(new float[][] {{1}}, new float[] {0})));
      assertThat(reports.get(0).fault())
          .isEqualTo(
              "the gradient of an input from linear (dense1.weight, dense1.bias) is Infinity,"
                  + " first at step 0, row 0, feature 0 of [1, 1, 1]");
    }
  }

  @Test
  void givesUpWithPlaceEpochBatchAndBackend() {
    try (Network network = network(false)) {
      set(network, "rnn.weight_hh_l0", 0, Float.POSITIVE_INFINITY);
      assertThatThrownBy(() -> Trainer.of(network).epochs(4).batchSize(2).train(examples()))
          .isInstanceOf(RecurException.class)
          .hasMessageContaining("10 consecutive batches whose loss or gradient is not finite")
          .hasMessageContaining("the last one batch 2 of epoch 3 on backend toy")
          .hasMessageContaining(
              "the weight rnn.weight_hh_l0 is Infinity, first at position [0, 0]");
    }
  }
}
