package org.recur4j.backend.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.backend.cuda.CudaProvider;
import org.recur4j.backend.cuda.ptx.PtxFile;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;

/**
 * Every {@code __syncthreads} of every kernel is left out once, and in one order of threads the
 * twin has to notice: the results change, or the kernel is reported. A barrier whose absence
 * nothing notices is either superfluous or not tested. The default run leaves out one of each file.
 */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingBarrierTest {
  /** Ascending, descending and two scattered orders. */
  private static final List<Long> SEEDS = List.of(0L, 1L, 20L, 21L);

  /** Nobody uses the memory before them: they keep a function safe to call a second time. */
  private static final Set<String> SPARE = Set.of("losses.cu:19");

  private Backend backend;
  private float[] intact;

  /** One barrier in the sources. */
  record Barrier(String file, int line) {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  @BeforeAll
  void open() {
    CpuTwin.capability(80);
    backend = new CudaProvider().open(BackendOptions.defaults());
    intact = new KernelWorkout(backend).run();
  }

  @AfterEach
  void restore() {
    CpuTwin.keepEveryBarrier();
    CpuTwin.recover();
  }

  @AfterAll
  void close() {
    backend.close();
    CpuTwin.capability(75);
  }

  /** The first barrier of each file, spare ones aside. */
  static List<Barrier> oneOfEachFile() throws IOException {
    Set<String> files = new HashSet<>();
    return barriers().stream()
        .filter(barrier -> !SPARE.contains(barrier.toString()))
        .filter(barrier -> files.add(barrier.file()))
        .toList();
  }

  static List<Barrier> others() throws IOException {
    List<Barrier> others = new ArrayList<>(barriers());
    others.removeAll(oneOfEachFile());
    return others;
  }

  private static List<Barrier> barriers() throws IOException {
    List<Barrier> barriers = new ArrayList<>();
    try (Stream<Path> files = Files.list(PtxFile.sources())) {
      for (Path file : files.sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          if (lines.get(i).contains("__syncthreads()")) {
            barriers.add(new Barrier(file.getFileName().toString(), i + 1));
          }
        }
      }
    }
    return barriers;
  }

  @Test
  void theOrderOfThreadsChangesNothing() {
    for (long seed : SEEDS) {
      CpuTwin.seed(seed);
      assertThat(new KernelWorkout(backend).run())
          .as("order of threads %d", seed)
          .isEqualTo(intact);
    }
  }

  @ParameterizedTest
  @MethodSource("oneOfEachFile")
  void theAbsenceOfOneOfEachFileIsNoticed(Barrier barrier) {
    mustBeNoticed(barrier);
  }

  @Tag("thorough")
  @ParameterizedTest
  @MethodSource("others")
  void theAbsenceOfEachOtherIsNoticed(Barrier barrier) {
    mustBeNoticed(barrier);
  }

  private void mustBeNoticed(Barrier barrier) {
    CpuTwin.skipBarrier(barrier.file(), barrier.line());

    boolean noticed = SEEDS.stream().anyMatch(this::isNoticed);

    if (SPARE.contains(barrier.toString())) {
      assertThat(noticed).as("%s is noticed: take it off the list", barrier).isFalse();
      return;
    }
    assertThat(noticed)
        .as("the barrier at %s is missing; noticed in one of the orders %s", barrier, SEEDS)
        .isTrue();
  }

  private boolean isNoticed(long seed) {
    CpuTwin.seed(seed);
    try {
      float[] results = new KernelWorkout(backend).run();
      return !Arrays.equals(results, intact);
    } catch (BackendException reported) {
      CpuTwin.recover();
      return true;
    }
  }
}
