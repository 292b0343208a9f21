package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.lstm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.tensor.Scope;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.session.Session;
import org.recur4j.models.session.SessionBatch;
import org.recur4j.models.session.SessionState;
import org.recur4j.models.training.Trainer;

/** A closed network, session or run says that it is closed, whatever is called on it. */
class ClosedNetworkTest {
  private static final int[] SEQUENCE = {1, 2};
  private static final SequenceBatch BATCH = SequenceBatch.ofIndices(List.of(SEQUENCE));

  @TempDir private static Path folder;

  private static Network open(Backend backend) {
    return Networks.manyToOne().embedding(4, 2).recurrent(lstm(3)).classes(2).build(backend);
  }

  private static Backend toy() {
    return new ToyProvider().open(BackendOptions.defaults());
  }

  @TestFactory
  Stream<DynamicTest> networkSaysThatItIsClosed() {
    Map<String, ThrowingCallable> calls = new TreeMap<>();
    try (Backend backend = toy()) {
      Network network = open(backend);
      network.close();
      calls.put("predict", () -> network.predict(BATCH));
      calls.put("predict examples", () -> network.predict(List.of(Example.unlabeled(1))));
      calls.put("session", network::session);
      calls.put("sessions", () -> network.sessions(2));
      calls.put("save", () -> network.save(folder.resolve("closed.safetensors")));
      calls.put("parameters", network::parameters);
      calls.put("parameterCount", network::parameterCount);
      calls.put("at", () -> network.at(Precision.FULL));
      calls.put("packedBytes", network::packedBytes);
      calls.put("layerNames", network::layerNames);
      calls.put("inputsOf", () -> network.inputsOf(1, BATCH));
      calls.put("open", () -> network.open(Mode.TRAINING, 0));
      calls.put("fingerprint", network::fingerprint);
      calls.put("refresh", network::refresh);
      calls.put("summary", network::summary);
      List<Example> examples = List.of(Example.classified(SEQUENCE, 1));
      calls.put("train", () -> Trainer.of(network).train(examples));
      calls.put("evaluate", () -> Trainer.evaluate(network, examples));
    }
    return calls.entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(call.getKey(), () -> closed(call.getValue(), "network")));
  }

  @Test
  void sessionsSayThatTheyAreClosed() {
    float[] answers = new float[2];
    try (Backend backend = toy();
        Network network = open(backend)) {
      Session session = network.session();
      SessionState state = session.snapshot();
      session.close();
      closed(() -> session.step(1, answers), "session");
      closed(session::reset, "session");
      closed(session::snapshot, "session");
      closed(() -> session.restore(state), "session");
      SessionBatch sessions = network.sessions(2);
      int client = sessions.add();
      sessions.close();
      closed(sessions::add, "session");
      closed(() -> sessions.remove(client), "session");
      closed(() -> sessions.reset(client), "session");
      closed(() -> sessions.snapshot(client), "session");
      closed(() -> sessions.step(new int[] {client}, 1, new int[] {1}, answers), "session");
      session.close();
      sessions.close();
    }
  }

  @Test
  void runSaysThatItIsClosed() {
    try (Backend backend = toy();
        Network network = open(backend);
        Scope scope = backend.scope("answers")) {
      NetworkRun run = network.open(Mode.INFERENCE, 0);
      run.close();
      closed(() -> run.forward(new EagerOps(backend, scope), BATCH, 0), "run of a network");
    }
  }

  private static void closed(ThrowingCallable call, String what) {
    assertThatThrownBy(call)
        .isInstanceOf(ClosedException.class)
        .hasMessageContainingAll("a closed " + what, "expected an open one");
  }
}
