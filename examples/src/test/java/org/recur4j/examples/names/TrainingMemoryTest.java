package org.recur4j.examples.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;

/**
 * Counts what this thread allocates while the network for names learns; time plays no part. Vectors
 * are objects until the JIT compiler has been at all of a step, so epochs go by until it has.
 */
class TrainingMemoryTest {
  private static final int STEPS = 32;
  private static final int MOST_EPOCHS = 40;
  private static final long MOST_BYTES_A_STEP = 64 * 1024;

  @Test
  void aStepOfTheNamesNetworkAllocatesLittle() {
    NamesSettings settings = new NamesSettings(32, 64, 2, 0.3, MOST_EPOCHS, 64, 0.002, 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    NameData all = NameData.load();
    NameData part =
        new NameData(
            all.labels(),
            all.training().subList(0, STEPS * 64),
            all.validation().subList(0, 1),
            all.test().subList(0, 1));
    List<Long> means = new ArrayList<>();
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        NamesTask task = NamesTask.create(backend, part, settings)) {
      task.train(
          new TrainingListener() {
            private long first;

            @Override
            public void onBatch(BatchReport report) {
              long now = threads.getCurrentThreadAllocatedBytes();
              first = report.batch() == 1 ? now : first;
              if (report.batch() == STEPS) {
                means.add((now - first) / (STEPS - 1));
              }
            }

            @Override
            public boolean stopRequested() {
              return !means.isEmpty() && means.get(means.size() - 1) <= MOST_BYTES_A_STEP;
            }
          });
    }
    assertThat(means.get(means.size() - 1))
        .as("bytes a step in each epoch: %s", means)
        .isLessThanOrEqualTo(MOST_BYTES_A_STEP);
  }
}
