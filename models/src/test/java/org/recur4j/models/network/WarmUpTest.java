package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.session.Session;

/** What the first prediction would wait for is done beforehand, and nothing else. */
class WarmUpTest {
  private static NetworkBuilder<?> builder(String topology) {
    return switch (topology) {
      case "many to one" -> Networks.manyToOne().embedding(5, 3).bidirectional(gru(3)).classes(2);
      case "many to many" -> Networks.manyToMany().features(3).recurrent(lstm(4)).labels(2);
      case "one to many" -> Networks.oneToMany().embedding(5, 3).recurrent(lstm(4)).classes(5);
      default -> Networks.oneToOne().features(2).values(1);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"many to one", "many to many", "one to many", "one to one"})
  void leavesTheNetworkAndItsMemoryAsTheyWere(String topology) {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = builder(topology).seed(2).build(backend)) {
      String before = network.fingerprint();
      int scopes = backend.memory().openScopes().size();
      network.warmUp(3, topology.equals("one to one") ? 1 : 7);
      assertThat(network.fingerprint()).isEqualTo(before);
      assertThat(backend.memory().openScopes()).hasSize(scopes);
      assertThatThrownBy(() -> network.warmUp(0, 1)).hasMessageContaining("0 rows of 1 steps");
      assertThatThrownBy(() -> network.warmUp(1, 0)).hasMessageContaining("at least one of each");
    }
  }

  @Test
  void runsEveryLayerOnce() {
    int[] calls = {0};
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToMany()
                .features(4)
                .cell(
                    "counts",
                    Remembering.with(
                        (ops, x) -> {
                          calls[0]++;
                          return x;
                        }))
                .values(2)
                .build(backend)) {
      network.warmUp(2, 3);
      assertThat(calls[0]).isPositive();
    }
  }

  @Test
  void leavesAnOpenSessionAlone() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToMany().embedding(5, 3).recurrent(lstm(4)).classes(2).build(backend);
        Session session = network.session()) {
      float[] answers = new float[2];
      session.step(1, answers);
      network.warmUp(1, 5);
      session.step(2, answers);
      Predictions whole = network.predict(List.of(Example.unlabeled(1, 2)));
      assertThat(answers).isEqualTo(whole.values(0, 1));
    }
  }
}
