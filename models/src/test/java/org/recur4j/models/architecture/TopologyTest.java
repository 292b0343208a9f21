package org.recur4j.models.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkBuilder;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;

/** What each topology's builder offers, what its architecture refuses, and what comes out. */
class TopologyTest {
  @Test
  void builderOffersWhatItsTopologyCanHave() {
    assertThat(methods(Networks.oneToOne()))
        .doesNotContain("recurrent", "bidirectional", "cell")
        .contains("dense", "features", "classes");
    assertThat(methods(Networks.oneToMany()))
        .doesNotContain("bidirectional")
        .contains("recurrent", "cell");
    assertThat(methods(Networks.manyToOne())).contains("bidirectional");
    assertThat(methods(Networks.manyToMany())).contains("bidirectional");
  }

  private static Set<String> methods(NetworkBuilder<?> builder) {
    return Arrays.stream(builder.getClass().getMethods())
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void oneToManyRefusesWhatReadsTheFuture() {
    for (Direction direction : List.of(Direction.REVERSE, Direction.BIDIRECTIONAL)) {
      assertThatThrownBy(
              () ->
                  Networks.oneToMany()
                      .embedding(5, 3)
                      .recurrent(gru(4).direction(direction))
                      .classes(5)
                      .architecture())
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContainingAll(
              "a layer that reads backwards in a one-to-many network",
              "later steps do not exist yet",
              "manyToMany if the whole input is known");
    }
  }

  @Test
  void oneToManyRefusesAnswersThatItCannotRead() {
    assertThatThrownBy(
            () -> Networks.oneToMany().embedding(5, 3).recurrent(gru(4)).classes(6).architecture())
        .hasMessageContainingAll("6 outputs (CLASSES) after an embedding of 5", "at most 5");
    assertThatThrownBy(
            () -> Networks.oneToMany().embedding(5, 3).recurrent(gru(4)).values(1).architecture())
        .hasMessageContaining("1 outputs (VALUES) after an embedding of 5");
    assertThatThrownBy(
            () -> Networks.oneToMany().features(2).recurrent(gru(4)).values(3).architecture())
        .hasMessageContainingAll("3 outputs from 2 features", "the next input vector");
  }

  @Test
  void fileCannotSmuggleRecurrenceIntoOneToOne() {
    assertThatThrownBy(
            () ->
                new Architecture(
                    Topology.ONE_TO_ONE,
                    2,
                    DataType.FLOAT32,
                    List.of(lstm(3), new LayerSpec.Dense(2, Activation.IDENTITY)),
                    OutputKind.CLASSES))
        .hasMessageContainingAll("a recurrent layer in a one-to-one network", "Use manyToOne");
  }

  @Test
  void refusesLayersBehindTheOutput() {
    assertThatThrownBy(() -> Networks.oneToOne().features(2).classes(3).dense(4, Activation.TANH))
        .hasMessageContainingAll("a layer after the output", "4", "after every other layer");
    assertThatThrownBy(() -> Networks.oneToOne().features(2).classes(3).classes(2))
        .hasMessageContaining("a layer after the output");
  }

  @Test
  void oneToManyLearnsShiftedSequencesAndAnswersEveryStep() {
    // Start 0, then 1 2 3 1 2 3 …: what comes next follows from what is there.
    Example example = Example.tagged(new int[] {0, 1, 2, 3, 1, 2, 3}, 1, 2, 3, 1, 2, 3, 1);
    Example shorter = Example.tagged(new int[] {0, 1, 2}, 1, 2, 3);
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.oneToMany().embedding(4, 4).recurrent(gru(8)).classes(4).build(backend)) {
      Trainer.of(network)
          .optimizer(Optimizer.adam(0.05))
          .epochs(60)
          .train(List.of(example, shorter));
      float[][] rows =
          network.predict(
              SequenceBatch.ofIndices(List.of(new int[] {0, 1}, new int[] {0, 1, 2, 3})));
      assertThat(rows[0]).hasSize(2 * 4);
      assertThat(rows[1]).hasSize(4 * 4);
      assertThat(rows[1][4 + 2]).isGreaterThan(0.9f);
      assertThat(rows[1][3 * 4 + 1]).isGreaterThan(0.9f);
      assertThat(network.summary()).contains("[T, B, 8]", "[T, B, 4]");
    }
  }
}
