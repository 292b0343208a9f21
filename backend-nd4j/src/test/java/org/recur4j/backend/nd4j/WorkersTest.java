package org.recur4j.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorkersTest {
  @Test
  void everyPartRunsOnceAndNoPhaseBeginsEarly() {
    try (Workers workers = new Workers(4)) {
      for (int round = 0; round < 300; round++) {
        int phases = 20;
        int parts = 3;
        AtomicIntegerArray done = new AtomicIntegerArray(phases);
        AtomicIntegerArray early = new AtomicIntegerArray(1);
        workers.run(
            phases,
            parts,
            (phase, part) -> {
              if (phase > 0 && done.get(phase - 1) != parts) {
                early.incrementAndGet(0);
              }
              done.incrementAndGet(phase);
            });
        assertThat(early.get(0)).isZero();
        for (int phase = 0; phase < phases; phase++) {
          assertThat(done.get(phase)).isEqualTo(parts);
        }
      }
    }
  }

  @Test
  void callersAtTheSameTimeDoNotMixTheirTasks() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try (Workers workers = new Workers(3)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int caller = 0; caller < 40; caller++) {
        results.add(
            callers.submit(
                () -> {
                  AtomicIntegerArray count = new AtomicIntegerArray(1);
                  workers.run(50, 4, (phase, part) -> count.incrementAndGet(0));
                  return count.get(0);
                }));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(200);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void anExceptionReachesTheCallerAndTheNextCallIsWell() {
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      3,
                      2,
                      (phase, part) -> {
                        if (phase == 1) {
                          throw new IllegalArgumentException("part " + part);
                        }
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("part ");
      AtomicIntegerArray count = new AtomicIntegerArray(1);
      workers.run(2, 2, (phase, part) -> count.incrementAndGet(0));
      assertThat(count.get(0)).isEqualTo(4);
    }
  }
}
