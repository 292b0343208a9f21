package org.recur4j.examples.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.ops.Function;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.session.Session;
import org.recur4j.models.session.SessionBatch;

/**
 * A user's function may compute in Java, where no recording follows: sessions call it each time.
 */
class OwnFunctionTest {
  private static final int SIZE = 4;

  @Test
  void aFunctionThatComputesInJavaIsCalledEveryStep() {
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        Network network = network(backend, new Cubed(backend, () -> 1));
        Session session = network.session()) {
      int[] sequence = {1, 4, 2, 2, 0};
      float[] whole = network.predict(SequenceBatch.ofIndices(List.of(sequence)))[0];
      float[] y = new float[3];
      for (int t = 0; t < sequence.length; t++) {
        session.step(sequence[t], y);
        assertThat(y).isEqualTo(Arrays.copyOfRange(whole, 3 * t, 3 * t + 3));
      }
    }
  }

  @Test
  void aFunctionWhoseShapesChangeFromStepToStepIsRefused() {
    int[] calls = new int[1];
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        Network network = network(backend, new Cubed(backend, () -> ++calls[0]));
        Session session = network.session()) {
      assertThatThrownBy(() -> session.step(1, new float[3]))
          .isInstanceOf(RecurException.class)
          .hasMessageContaining("function 'cubed' in a session")
          .hasMessageContaining("shapes depend only on the shapes of its inputs");
    }
  }

  @Test
  void aSecondUserDuringAStepIsRefused() {
    AtomicReference<Session> open = new AtomicReference<>();
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        Network network =
            network(
                backend,
                new Cubed(
                    backend,
                    () -> {
                      if (open.get() != null) {
                        open.get().reset();
                      }
                      return 1;
                    }));
        Session session = network.session()) {
      open.set(session);
      assertThatThrownBy(() -> session.step(1, new float[3]))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("a second thread at the same time")
          .hasMessageContaining("Open a session for each thread");
      open.set(null);
      session.step(1, new float[3]);
    }
  }

  @Test
  void aSecondUserDuringAStepOfManyIsRefused() {
    AtomicReference<SessionBatch> open = new AtomicReference<>();
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        Network network =
            network(
                backend,
                new Cubed(
                    backend,
                    () -> {
                      if (open.get() != null) {
                        open.get().add();
                      }
                      return 1;
                    }));
        SessionBatch batch = network.sessions(2)) {
      int[] active = {batch.add()};
      open.set(batch);
      assertThatThrownBy(() -> batch.step(active, 1, new int[1], new float[3]))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("a second thread at the same time")
          .hasMessageContaining("sessions(…) for each thread");
      open.set(null);
      batch.step(active, 1, new int[1], new float[3]);
      assertThat(batch.clients()).isEqualTo(1);
    }
  }

  private static Network network(Backend backend, Cubed function) {
    Cell.Factory factory =
        (from, inputSize) ->
            new Wrapping(
                (DecayingCell) DecayingCell.factory(SIZE).create(from, inputSize), function);
    return Networks.manyToMany()
        .embedding(5, SIZE)
        .cell("wrapping", factory)
        .values(3)
        .build(backend);
  }

  /** A decaying cell of x³. */
  private record Wrapping(DecayingCell inner, Function function) implements Cell {
    @Override
    public List<Parameter> parameters() {
      return inner.parameters();
    }

    @Override
    public int hiddenSize() {
      return inner.hiddenSize();
    }

    @Override
    public State initialState(Ops ops, int batch) {
      return inner.initialState(ops, batch);
    }

    @Override
    public State step(Ops ops, Tensor x, State previous) {
      return inner.step(ops, ops.apply(function, x)[0], previous);
    }
  }

  private interface Scratch {
    int size();
  }

  /** y = x³, in Java; the scratch it does not need is of a size that somebody else decides. */
  private record Cubed(Backend backend, Scratch scratch) implements Function {
    @Override
    public String name() {
      return "cubed";
    }

    @Override
    public Tensor[] forward(Forward call) {
      call.create(call.input(0).dataType(), Shape.of(scratch.size()));
      float[] values = new float[call.input(0).size()];
      backend.download(call.input(0), values, 0);
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] * values[i] * values[i];
      }
      Tensor y = call.like(0);
      backend.upload(values, 0, y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      throw new UnsupportedOperationException("only predictions are tested");
    }
  }
}
