package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.Vocabulary;

/** An index that training never showed reads as the mean of those it did. */
class UnseenIndexTest {
  private static final List<Example> EXAMPLES =
      List.of(
          Example.classified(new int[] {2, 2, 3}, 0),
          Example.classified(new int[] {3, 2, 1}, 1).masked(true, true, false));

  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Network network() {
    return Networks.manyToOne().embedding(5, 3).recurrent(gru(2)).classes(2).seed(7).build(backend);
  }

  private float[] table(Network network) {
    float[] table = new float[15];
    backend.download(network.parameters().get(0).value(), table, 0);
    return table;
  }

  @Test
  void isTheMeanWeightedByHowOftenEachIndexOccurs() {
    try (Network network = network()) {
      float[] before = table(network);
      float[] known = network.predict(List.of(Example.unlabeled(2, 3, 4))).values(0);
      UnseenIndex.average(network, Vocabulary.UNKNOWN, EXAMPLES);
      float[] after = table(network);
      for (int i = 0; i < 3; i++) {
        float mean = (3 * before[2 * 3 + i] + 2 * before[3 * 3 + i]) / 5;
        assertThat(after[3 + i]).isCloseTo(mean, within(1e-6f));
        before[3 + i] = after[3 + i];
      }
      assertThat(after).isEqualTo(before);
      assertThat(network.predict(List.of(Example.unlabeled(2, 3, 4))).values(0)).isEqualTo(known);
    }
  }

  @Test
  void refusesWhatTrainingShowedAndWhatIsNoIndex() {
    try (Network network = network();
        Network small = network.at(Precision.FULL);
        Network padded =
            Networks.manyToOne().embedding(5, 3, 1).recurrent(gru(2)).classes(2).build(backend);
        Network vectors =
            Networks.manyToOne().features(2).recurrent(gru(2)).classes(2).build(backend)) {
      String before = network.fingerprint();
      assertThatThrownBy(() -> UnseenIndex.average(network, 2, EXAMPLES))
          .hasMessageContainingAll("index 2, which occurs 3 times in the examples", "Keep");
      for (int index : new int[] {-1, 5}) {
        assertThatThrownBy(() -> UnseenIndex.average(network, index, EXAMPLES))
            .hasMessageContainingAll("index " + index, "[0, 5)");
      }
      assertThatThrownBy(() -> UnseenIndex.average(padded, 1, EXAMPLES))
          .hasMessageContaining("padding index");
      assertThatThrownBy(() -> UnseenIndex.average(network, 1, List.of()))
          .hasMessageContaining("examples without an index");
      assertThatThrownBy(() -> UnseenIndex.average(small, 1, EXAMPLES))
          .hasMessageContaining("inference only");
      assertThatThrownBy(() -> UnseenIndex.average(vectors, 1, EXAMPLES))
          .hasMessageContaining("without embedding");
      assertThat(network.fingerprint()).isEqualTo(before);
    }
  }
}
