package org.recur4j.examples.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.tensor.MemoryUse;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.ManyToManyBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkBuilder;
import org.recur4j.models.network.Networks;
import org.recur4j.models.session.Session;

/** Sessions on the Java backend: what a step costs, and that its bits are the whole sequence's. */
class SessionOnEjmlTest {
  private static final int CLASSES = 5;
  private static final int VOCABULARY = 30;
  private static final int WARM_UP = 2_000;
  private static final long PATIENCE = 60_000_000_000L;
  private static final int WINDOWS = 10;
  private static final int MEASURED = 200;
  private static Backend backend;

  enum Kind {
    VANILLA,
    LSTM,
    GRU,
    DEEP,
    STEPWISE,
    CUSTOM;

    NetworkBuilder<?> builder() {
      return switch (this) {
        case VANILLA -> start().recurrent(Networks.vanilla(64)).classes(CLASSES);
        case LSTM -> start().recurrent(Networks.lstm(64)).classes(CLASSES);
        case GRU -> start().recurrent(Networks.gru(64)).values(CLASSES);
        case DEEP ->
            start()
                .dense(24, Activation.RELU)
                .recurrent(Networks.lstm(48).recurrentDropout(0.2).learnedInitialState())
                .dropout(0.3)
                .layerNormalization()
                .recurrent(Networks.gru(40))
                .labels(CLASSES);
        case STEPWISE -> start().recurrent(Networks.gru(64)).classes(CLASSES).stepwise();
        case CUSTOM -> start().cell("decaying", DecayingCell.factory(12)).classes(CLASSES);
      };
    }

    private static ManyToManyBuilder start() {
      return Networks.manyToMany()
          .embedding(VOCABULARY, 16)
          .initialWeights(InitialWeights.PYTORCH)
          .seed(7);
    }
  }

  @BeforeAll
  static void open() {
    backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @ParameterizedTest
  @EnumSource
  void aStepAllocatesNothing(Kind kind) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] y = new float[CLASSES];
    try (Network network = kind.builder().build(backend);
        Session session = network.session()) {
      for (int i = 0; i < WARM_UP; i++) {
        session.step(i % VOCABULARY, y);
      }
      MemoryUse use = backend.memory().use();
      long least = Long.MAX_VALUE;
      // Longer where vectors are still being compiled: until then each of them is an object.
      long deadline = System.nanoTime() + PATIENCE;
      for (int window = 0;
          window < WINDOWS || (least > 0 && System.nanoTime() < deadline);
          window++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MEASURED; i++) {
          session.step(i % VOCABULARY, y);
        }
        // What the Java machine allocates for its own sake (compiling) falls into some windows.
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).as("heap bytes of %d steps", MEASURED).isZero();
      assertThat(backend.memory().use()).isEqualTo(use);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBitsAreThoseOfTheWholeSequence(Kind kind) {
    int[] sequence = new int[40];
    for (int t = 0; t < sequence.length; t++) {
      sequence[t] = t * 7 % VOCABULARY;
    }
    try (Network network = kind.builder().build(backend);
        Session session = network.session()) {
      float[] whole = network.predict(SequenceBatch.ofIndices(List.of(sequence)))[0];
      float[] y = new float[CLASSES];
      for (int t = 0; t < sequence.length; t++) {
        session.step(sequence[t], y);
        assertThat(y)
            .as("step %d", t)
            .isEqualTo(Arrays.copyOfRange(whole, t * CLASSES, (t + 1) * CLASSES));
      }
    }
  }
}
