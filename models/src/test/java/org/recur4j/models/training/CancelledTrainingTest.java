package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.JsonLinesListener;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;

/** Interrupts of the thread that trains. */
class CancelledTrainingTest {
  @TempDir private Path folder;
  private BrokenRuns runs;

  @BeforeEach
  void open() {
    runs = BrokenRuns.in(folder);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private record Cancelled(TrainingResult result, boolean flag, float[] weights) {}

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aCancelledTrainingStopsAndLosesNothing() throws Exception {
    byte[] wanted = runs.uninterrupted(options -> options);
    CountDownLatch learned = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicReference<Cancelled> end = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    Path log = folder.resolve("log.jsonl");
    Path model = folder.resolve("saved.safetensors");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> training =
          threads.submit(
              () -> {
                try (Network network = ResumableTraining.network(runs.backend());
                    JsonLinesListener lines = JsonLinesListener.ofBatches(log)) {
                  TrainingResult result =
                      runs.resume(ResumableTraining.trainer(network))
                          .listener(lines)
                          .listener(waiting(learned, cancelled))
                          .train(ResumableTraining.examples());
                  network.save(model);
                  end.set(
                      new Cancelled(
                          result,
                          Thread.currentThread().isInterrupted(),
                          BrokenRuns.weights(network)));
                } finally {
                  ended.countDown();
                }
                return null;
              });
      learned.await();
      training.cancel(true);
      ended.await();
    } finally {
      threads.shutdown();
    }
    assertThat(end.get()).as("it came to its end").isNotNull();
    assertThat(end.get().result().end()).isEqualTo(TrainingResult.End.INTERRUPTED);
    assertThat(end.get().result().epochs()).hasSize(1);
    assertThat(end.get().flag()).as("the thread is interrupted still").isTrue();
    try (Network saved = Network.load(model, runs.backend())) {
      assertThat(BrokenRuns.weights(saved)).isEqualTo(end.get().weights());
    }
    assertThat(log).content().contains("\"epoch\":2,\"batch\":5");
    assertThat(runs.finish(options -> options, Break.never()))
        .as("its checkpoint goes on with the same bits")
        .isEqualTo(wanted);
  }

  /** Lets the training be cancelled in batch 5 of epoch 2, and keeps the flag that woke it. */
  private static TrainingListener waiting(CountDownLatch learned, CountDownLatch never) {
    return new TrainingListener() {
      @Override
      public void onBatch(BatchReport report) {
        if (report.epoch() == 2 && report.batch() == 5) {
          learned.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      }
    };
  }

  @Test
  void aThreadThatWasInterruptedBeforeTrainsAsAnyOther() throws IOException {
    byte[] wanted = runs.uninterrupted(options -> options);
    Path log = folder.resolve("log.jsonl");
    byte[] got;
    Thread.currentThread().interrupt();
    try (JsonLinesListener lines = JsonLinesListener.ofEpochs(log)) {
      got = runs.finish(options -> options.listener(lines), Break.never());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(got).isEqualTo(wanted);
    assertThat(JsonLinesListener.readEpochs(log)).isNotEmpty();
    assertThat(runs.checkpoint()).isRegularFile();
  }
}
