package org.recur4j.examples.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.tensor.MemoryUse;
import org.recur4j.models.network.Network;
import org.recur4j.models.session.Session;
import org.recur4j.models.session.SessionBatch;

/** Many clients on the Java backend: what a step costs, and that company changes no bit. */
class SessionBatchOnEjmlTest {
  private static final int CLASSES = 5;
  private static final int VOCABULARY = 30;
  private static final int CLIENTS = 37;

  /** Until the Java machine has compiled the last vector kernel, it allocates for its own sake. */
  private static final int WINDOWS = 500;

  private static final int MEASURED = 200;

  @ParameterizedTest
  @EnumSource
  void everyClientsBitsAreThoseOfItsOwnSession(SessionOnEjmlTest.Kind kind) {
    compare(kind, 1);
  }

  @Test
  void soTheyAreOnManyThreads() {
    compare(SessionOnEjmlTest.Kind.DEEP, 3);
  }

  private static void compare(SessionOnEjmlTest.Kind kind, int threads) {
    Random draw = new Random(3);
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(threads));
        Network network = kind.builder().build(backend);
        SessionBatch batch = network.sessions(CLIENTS)) {
      Session[] alone = new Session[CLIENTS];
      int[] active = new int[CLIENTS];
      for (int i = 0; i < CLIENTS; i++) {
        active[i] = batch.add();
        alone[i] = network.session();
      }
      int[] input = new int[CLIENTS];
      float[] answers = new float[CLIENTS * CLASSES];
      float[] y = new float[CLASSES];
      for (int tick = 0; tick < 2 * CLIENTS; tick++) {
        shuffle(active, draw);
        int count = 1 + tick % CLIENTS;
        Arrays.setAll(input, i -> draw.nextInt(VOCABULARY));
        batch.step(active, count, input, answers);
        for (int i = 0; i < count; i++) {
          alone[active[i]].step(input[i], y);
          assertThat(Arrays.copyOfRange(answers, i * CLASSES, (i + 1) * CLASSES))
              .as("tick %d, client %d beside %d others", tick, active[i], count - 1)
              .isEqualTo(y);
        }
      }
      for (int i = 0; i < CLIENTS; i++) {
        assertThat(batch.snapshot(i)).isEqualTo(alone[i].snapshot());
        alone[i].close();
      }
    }
  }

  /** Another company, of another size, at every step: every state moves again and again. */
  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "GRU", "VANILLA", "DEEP"})
  void aStepAllocatesNothing(String name) {
    ThreadMXBean mine = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random draw = new Random(3);
    int[] active = new int[CLIENTS];
    int[] input = new int[CLIENTS];
    float[] answers = new float[CLIENTS * CLASSES];
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        Network network = SessionOnEjmlTest.Kind.valueOf(name).builder().build(backend);
        SessionBatch batch = network.sessions(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        active[i] = batch.add();
      }
      steps(batch, active, input, answers, draw, MEASURED);
      MemoryUse use = backend.memory().use();
      long least = Long.MAX_VALUE;
      for (int window = 0; least > 0 && window < WINDOWS; window++) {
        long before = mine.getCurrentThreadAllocatedBytes();
        steps(batch, active, input, answers, draw, MEASURED);
        least = Math.min(least, mine.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).as("heap bytes of %d steps", MEASURED).isZero();
      assertThat(backend.memory().use()).isEqualTo(use);
    }
  }

  private static void steps(
      SessionBatch batch, int[] active, int[] input, float[] answers, Random draw, int steps) {
    for (int step = 0; step < steps; step++) {
      shuffle(active, draw);
      batch.step(active, 1 + step % CLIENTS, input, answers);
    }
  }

  private static void shuffle(int[] numbers, Random draw) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int other = draw.nextInt(i + 1);
      int kept = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = kept;
    }
  }
}
