package org.recur4j.examples.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.session.Session;

/** One model, many users: threads with a thousand sessions each answer as one thread does. */
class ManySessionsTest {
  private static final int THREADS = 8;
  private static final int SESSIONS = 1_000;
  private static final int STEPS = 5;
  private static final int OUTPUTS = 3;
  private static final int VOCABULARY = 11;

  @Test
  void eightThreadsWithAThousandSessionsEachAnswerAsOneThread() throws Exception {
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        Network network =
            Networks.manyToMany()
                .embedding(VOCABULARY, 4)
                .recurrent(Networks.lstm(8))
                .recurrent(Networks.gru(6))
                .classes(OUTPUTS)
                .initialWeights(InitialWeights.PYTORCH)
                .build(backend)) {
      float[][] alone = new float[THREADS][];
      for (int thread = 0; thread < THREADS; thread++) {
        alone[thread] = answers(network, thread, () -> 0);
      }
      CyclicBarrier together = new CyclicBarrier(THREADS);
      List<Future<float[]>> futures = new ArrayList<>();
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        for (int thread = 0; thread < THREADS; thread++) {
          int number = thread;
          futures.add(threads.submit(() -> answers(network, number, together::await)));
        }
        for (int thread = 0; thread < THREADS; thread++) {
          assertThat(futures.get(thread).get()).isEqualTo(alone[thread]);
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(Arrays.equals(alone[0], alone[1])).isFalse();
    }
  }

  /** All sessions are open at once; the thread goes from one to the next, step by step. */
  private static float[] answers(Network network, int thread, Callable<Integer> meeting)
      throws Exception {
    float[] all = new float[SESSIONS * STEPS * OUTPUTS];
    float[] y = new float[OUTPUTS];
    List<Session> sessions = new ArrayList<>();
    try {
      meeting.call();
      for (int i = 0; i < SESSIONS; i++) {
        sessions.add(network.session());
      }
      meeting.call();
      int place = 0;
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < SESSIONS; i++) {
          sessions.get(i).step((thread + i * (step + 1)) % VOCABULARY, y);
          System.arraycopy(y, 0, all, place, OUTPUTS);
          place += OUTPUTS;
        }
      }
    } finally {
      sessions.forEach(Session::close);
    }
    return all;
  }
}
