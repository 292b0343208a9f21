package org.recur4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.recur4j.api.error.InvalidArgumentException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorkersTest {
  @Test
  void runsEveryBlockOnceInManyShortRounds() {
    try (Workers workers = new Workers("test", 3)) {
      for (int round = 0; round < 5_000; round++) {
        int blocks = 1 + round % 7;
        AtomicIntegerArray runs = new AtomicIntegerArray(blocks);
        workers.run(blocks, runs::incrementAndGet);
        for (int block = 0; block < blocks; block++) {
          assertThat(runs.get(block)).as("block %d of round %d", block, round).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void everyPartRunsOnceAndNoPhaseBeginsEarly() {
    try (Workers workers = new Workers("test", 4)) {
      for (int round = 0; round < 300; round++) {
        boolean slow = round % 30 == 0;
        int phases = 20;
        int parts = 3;
        AtomicIntegerArray done = new AtomicIntegerArray(phases);
        AtomicInteger early = new AtomicInteger();
        workers.run(
            phases,
            parts,
            (phase, part) -> {
              if (phase > 0 && done.get(phase - 1) != parts) {
                early.incrementAndGet();
              }
              if (part == 0 && slow) {
                // Whoever else is here would now begin the next phase, were it not held.
                LockSupport.parkNanos(200_000);
              }
              done.incrementAndGet(phase);
            });
        assertThat(early).hasValue(0);
        for (int phase = 0; phase < phases; phase++) {
          assertThat(done.get(phase)).isEqualTo(parts);
        }
      }
    }
  }

  @Test
  void callersAtTheSameTimeDoNotMixTheirTasks() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try (Workers workers = new Workers("test", 3)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int caller = 0; caller < 40; caller++) {
        results.add(
            callers.submit(
                () -> {
                  AtomicInteger count = new AtomicInteger();
                  workers.run(50, 4, (phase, part) -> count.incrementAndGet());
                  return count.get();
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
  void carriesAnExceptionToTheCallerAndGoesOnWorking() {
    try (Workers workers = new Workers("test", 2)) {
      AtomicInteger later = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  workers.run(
                      3,
                      2,
                      (phase, part) -> {
                        if (phase == 1) {
                          throw new IllegalStateException("phase one");
                        }
                        later.addAndGet(phase);
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("phase one");
      assertThat(later).as("parts of phase 2 after phase 1 failed").hasValue(0);
      AtomicInteger ran = new AtomicInteger();
      workers.run(8, block -> ran.incrementAndGet());
      assertThat(ran).hasValue(8);
    }
  }

  @Test
  void aSecondCallerDoesItsWorkWhileTheFirstStillHoldsTheThreads() throws InterruptedException {
    try (Workers workers = new Workers("test", 2)) {
      CountDownLatch inside = new CountDownLatch(2);
      CountDownLatch release = new CountDownLatch(1);
      Thread first =
          new Thread(
              () ->
                  workers.run(
                      2,
                      block -> {
                        inside.countDown();
                        awaitQuietly(release);
                      }));
      first.start();
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      AtomicInteger ran = new AtomicInteger();
      workers.run(4, block -> ran.incrementAndGet());
      assertThat(ran).hasValue(4);
      release.countDown();
      first.join(10_000);
      assertThat(first.isAlive()).isFalse();
    }
  }

  @Test
  void stillRunsAfterClose() {
    Workers workers = new Workers("test", 2);
    workers.close();
    AtomicInteger ran = new AtomicInteger();
    workers.run(3, block -> ran.incrementAndGet());
    assertThat(ran).hasValue(3);
  }

  @Test
  void noThreadsAreRefused() {
    assertThatThrownBy(() -> new Workers("test", 0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage(
            "workers of test: got 0 threads; expected at least 1. Include the calling thread in the count.");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not released within 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
