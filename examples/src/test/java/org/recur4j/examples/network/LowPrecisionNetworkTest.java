package org.recur4j.examples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.session.Session;
import org.recur4j.models.session.SessionBatch;

/**
 * Networks at low precision on the Java backend, which has kernels for it where it has the vector
 * module: near the full answers, in sessions bit for bit as in whole sequences. Without the module
 * the refusal says how to come by it.
 */
class LowPrecisionNetworkTest {
  private static final int[] SEQUENCE = {1, 4, 2, 0, 3, 3, 5, 2};

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void answersAreNearTheFullOnesOrTheReasonIsGiven(CellKind cell) {
    RecurrentLayerSpec layer = RecurrentLayerSpec.of(cell, 40);
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        Network full =
            Networks.manyToMany()
                .embedding(6, 16)
                .recurrent(layer)
                .recurrent(layer)
                .classes(3)
                .initialWeights(InitialWeights.PYTORCH)
                .seed(6)
                .build(backend)) {
      RecurrentSpec spec = RecurrentSpec.lstm(8, 8).precision(Precision.INT8).build();
      if (!backend.recurrence().assess(spec).fused()) {
        assertThatThrownBy(() -> full.at(Precision.INT8))
            .hasMessageContaining(cell + " 16→40 at INT8 on backend ejml")
            .hasMessageContaining("precision INT8 has no kernel");
        return;
      }
      float[] want = full.predict(SequenceBatch.ofIndices(List.of(SEQUENCE)))[0];
      for (Precision precision : List.of(Precision.INT8, Precision.BF16)) {
        try (Network low = full.at(precision)) {
          float[] got = low.predict(SequenceBatch.ofIndices(List.of(SEQUENCE)))[0];
          assertThat(got).as("rounding shows at %s", precision).isNotEqualTo(want);
          assertThat(got).as("%s", precision).containsExactly(want, within(0.02f));
          assertThat(low.packedBytes()).isLessThan(full.packedBytes());
          assertThat(low.summary()).contains(", " + precision, "inference only");
          assertStepsAreTheSequence(low, got);
        }
      }
    }
  }

  private static void assertStepsAreTheSequence(Network network, float[] whole) {
    try (Session session = network.session();
        SessionBatch clients = network.sessions(3)) {
      int[] active = {clients.add(), clients.add(), clients.add()};
      int[] input = new int[3];
      float[] y = new float[3];
      float[] answers = new float[9];
      for (int t = 0; t < SEQUENCE.length; t++) {
        float[] step = Arrays.copyOfRange(whole, 3 * t, 3 * t + 3);
        session.step(SEQUENCE[t], y);
        assertThat(y).isEqualTo(step);
        Arrays.fill(input, SEQUENCE[t]);
        clients.step(active, 3, input, answers);
        assertThat(Arrays.copyOfRange(answers, 6, 9)).isEqualTo(step);
      }
    }
  }
}
