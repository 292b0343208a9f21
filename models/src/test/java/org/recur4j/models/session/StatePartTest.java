package org.recur4j.models.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkRun;
import org.recur4j.models.network.Networks;

/** The parts of what a network remembers, by layer and name. */
class StatePartTest {
  @Test
  void theCellStateOfAnLstmHasItsNameInSessionsAndRuns() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToMany()
                .embedding(5, 3)
                .recurrent(gru(2))
                .recurrent(lstm(4))
                .classes(2)
                .seed(3)
                .build(backend);
        Session session = network.session();
        NetworkRun run = network.open(Mode.INFERENCE, 0);
        Scope scope = backend.scope("test")) {
      float[] answers = new float[2];
      session.step(1, answers);
      session.step(3, answers);
      SessionState state = session.snapshot();
      assertThat(session.part(state, 0, "h")).hasSize(2).isEqualTo(state.parts()[0]);
      assertThat(session.part(state, 1, "h")).hasSize(4).isEqualTo(state.parts()[1]);
      assertThat(session.part(state, 1, "c")).hasSize(4).isEqualTo(state.parts()[2]);
      session.part(state, 1, "c")[0] = 7;
      assertThat(state.parts()[2][0]).isNotEqualTo(7);

      NetworkState last =
          run.forward(
                  new EagerOps(backend, scope),
                  SequenceBatch.ofIndices(List.of(new int[] {1, 3})),
                  null,
                  0)
              .last();
      assertThat(download(backend, last.part(1, "c"))).isEqualTo(session.part(state, 1, "c"));
      assertThat(download(backend, last.part(0, "h"))).isEqualTo(session.part(state, 0, "h"));

      assertThatThrownBy(() -> session.part(state, 0, "c"))
          .hasMessageContainingAll("'c' of recurrent layer 0", "one of [h]", "only an LSTM");
      assertThatThrownBy(() -> last.part(1, "cell")).hasMessageContaining("one of [h, c]");
      assertThatThrownBy(() -> session.part(state, 2, "h"))
          .hasMessageContainingAll("recurrent layer 2", "0 to 1");
    }
  }

  private static double[] download(Backend backend, Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  @Test
  void aStateOfAnotherModelHasNoPartHere() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network one = Networks.manyToMany().features(1).recurrent(gru(2)).values(1).build(backend);
        Network two =
            Networks.manyToMany().features(1).recurrent(gru(2)).values(1).seed(9).build(backend);
        Session session = one.session();
        Session other = two.session()) {
      assertThatThrownBy(() -> session.part(other.snapshot(), 0, "h"))
          .hasMessageContaining("one of model");
    }
  }
}
