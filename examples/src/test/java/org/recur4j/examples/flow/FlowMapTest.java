package org.recur4j.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.recur4j.models.diagnosis.Decay;
import org.recur4j.models.diagnosis.Diagnosis;
import org.recur4j.models.diagnosis.FlowSnapshot;
import org.recur4j.models.diagnosis.LayerFlow;

class FlowMapTest {
  private static FlowSnapshot look(long step, double... normsByStepsBack) {
    LayerFlow flow =
        new LayerFlow(
            "vanilla",
            false,
            normsByStepsBack,
            new Decay(0.5, 0.1, normsByStepsBack.length, 1, 1),
            Optional.empty(),
            List.of(),
            List.of(),
            new Diagnosis(Diagnosis.Kind.VANISHING, "", List.of()));
    return new FlowSnapshot(step, 0, 0, List.of(flow));
  }

  @Test
  void timeRunsUpwardsAndNormsAreDecadesFromTheLast() {
    FlowMap map = FlowMap.of(List.of(look(0, 2, 0.2, 0.02), look(5, 1, 1000, 1)));
    assertThat(map.times()).containsExactly("1", "2", "3");
    assertThat(map.steps()).containsExactly("0", "5");
    double[][] decades = {{-2, 0}, {-1, 3}, {0, 0}};
    for (int t = 0; t < 3; t++) {
      assertThat(map.decades()[t]).containsExactly(decades[t], within(1e-12));
    }
  }

  @Test
  void whatHasNoLogarithmIsDrawnAtTheEdge() {
    FlowMap map = FlowMap.of(List.of(look(0, 1, 0, 1e-30, 1e30, Double.POSITIVE_INFINITY)));
    assertThat(map.decades()).isDeepEqualTo(new double[][] {{6}, {6}, {-6}, {-6}, {0}});
    FlowMap.Curve curve = FlowMap.curve(look(0, 1, 0, 1e-30, Double.POSITIVE_INFINITY));
    assertThat(curve.times()).containsExactly(2, 4);
    assertThat(curve.norms()).containsExactly(1e-30, 1);
  }

  @Test
  void longSequencesAreBinned() {
    double[] norms = new double[100];
    for (int back = 0; back < norms.length; back++) {
      norms[back] = Math.pow(10, -0.01 * back);
    }
    FlowMap map = FlowMap.of(List.of(look(0, norms)));
    assertThat(map.times()).hasSize(40).startsWith("2", "5").endsWith("100");
    // Steps 98 to 100 are 2, 1 and 0 steps back.
    assertThat(map.decades()[39][0]).isCloseTo(-0.01, within(1e-12));
  }
}
