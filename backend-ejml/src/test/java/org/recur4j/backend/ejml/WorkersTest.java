package org.recur4j.backend.ejml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void runsEveryBlockOnceInManyShortRounds() {
    try (Workers workers = new Workers(3)) {
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
  void carriesAnExceptionToTheCallerAndGoesOnWorking() {
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      8,
                      block -> {
                        if (block == 5) {
                          throw new IllegalStateException("block five");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("block five");
      AtomicInteger ran = new AtomicInteger();
      workers.run(8, block -> ran.incrementAndGet());
      assertThat(ran).hasValue(8);
    }
  }

  @Test
  void aSecondCallerDoesItsWorkWhileTheFirstStillHoldsTheThreads() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
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
  void stillRunsAfterCloseAndRefusesNoThreads() {
    Workers workers = new Workers(2);
    workers.close();
    AtomicInteger ran = new AtomicInteger();
    workers.run(3, block -> ran.incrementAndGet());
    assertThat(ran).hasValue(3);
    assertThatThrownBy(() -> new Workers(0))
        .hasMessageContaining("got 0 threads, expected at least 1");
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
