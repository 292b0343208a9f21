package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.recur4j.models.network.Networks.gru;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.optimizer.Optimizer;

/** Examples with holes, whole and cut into chunks. */
class MaskedExampleTest {
  private static final float[] NAN = {Float.NaN};

  private static float[] number(double value) {
    return new float[] {(float) value};
  }

  @Test
  void sliceKeepsItsPartOfTheMask() {
    Example example =
        Example.tagged(new int[] {1, 2, 3, 4}, 0, 1, 0, 1).masked(true, false, false, true);
    assertThat(example.slice(1, 4).mask()).containsExactly(false, false, true);
    assertThat(example.slice(3, 9).mask()).containsExactly(true);
    assertThat(example.slice(1, 4).isReal(2)).isTrue();
    assertThat(Example.classified(new int[] {1}, 0).slice(0, 1).mask()).isNull();
  }

  @Test
  void aGapLongerThanAChunkTeachesNothingAndKeepsTheState() {
    float[][] gap = {number(0.5), number(-1), null, null, number(0.25)};
    Example holes =
        Example.valued(gap, number(1), number(0), NAN, NAN, number(-1))
            .masked(true, true, false, false, true);
    float[][] x = {number(0.5), number(-1), number(0.25)};
    Example whole = Example.valued(x, number(1), number(0), number(-1));
    // The gap is a chunk of its own, so both learn from two steps, then from one.
    assertThat(learned(holes)).containsExactly(learned(whole));
  }

  private static float[] learned(Example example) {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToMany().features(1).recurrent(gru(3)).values(1).seed(4).build(backend)) {
      Trainer.of(network)
          .optimizer(Optimizer.sgd(0.1, 0))
          .epochs(1)
          .truncatedBackpropagation(2)
          .train(List.of(example));
      Parameter weights = network.parameters().get(1);
      float[] values = new float[weights.value().size()];
      backend.download(weights.value(), values, 0);
      return values;
    }
  }
}
