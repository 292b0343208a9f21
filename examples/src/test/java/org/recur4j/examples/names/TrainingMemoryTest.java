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
import org.recur4j.models.training.BatchReport;
import org.recur4j.models.training.TrainingListener;

/** Counts what this thread allocates while the network for names learns; time plays no part. */
class TrainingMemoryTest {
  private static final int WARM_UP_EPOCH = 1;
  private static final long MOST_BYTES_A_STEP = 64 * 1024;

  @Test
  void aStepOfTheNamesNetworkAllocatesLittle() {
    NamesSettings settings = new NamesSettings(32, 64, 2, 0.3, 2, 64, 0.002, 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    NameData all = NameData.load();
    NameData part =
        new NameData(
            all.labels(),
            all.training().subList(0, 32 * 64),
            all.validation().subList(0, 1),
            all.test().subList(0, 1));
    List<Long> readings = new ArrayList<>(64);
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(1));
        NamesTask task = NamesTask.create(backend, part, settings)) {
      task.train(
          new TrainingListener() {
            @Override
            public void onBatch(BatchReport report) {
              if (report.epoch() > WARM_UP_EPOCH) {
                readings.add(threads.getCurrentThreadAllocatedBytes());
              }
            }
          });
    }
    int steps = readings.size() - 1;
    assertThat(steps).isEqualTo(31);
    long mean = (readings.get(steps) - readings.get(0)) / steps;
    assertThat(mean).as("bytes a step, mean of %d", steps).isLessThanOrEqualTo(MOST_BYTES_A_STEP);
  }
}
