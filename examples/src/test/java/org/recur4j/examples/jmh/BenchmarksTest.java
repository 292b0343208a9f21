package org.recur4j.examples.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark for a moment, so that none of them rots. What comes out means nothing. */
class BenchmarksTest {
  private static final List<Class<?>> BENCHMARKS =
      List.of(
          ProductBenchmark.class,
          ActivationBenchmark.class,
          SequenceBenchmark.class,
          OptimizerBenchmark.class);

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("org\\.recur4j\\.examples\\.jmh\\..*")
                    .param("batch", "2")
                    .param("hidden", "8")
                    .param("size", "128")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(5))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    int cells = 3;
    assertThat(results)
        .hasSize(methods(BENCHMARKS) + (cells - 1) * methods(List.of(SequenceBenchmark.class)));
    assertThat(results).allMatch(result -> result.getPrimaryResult().getScore() > 0);
  }

  private static int methods(List<Class<?>> classes) {
    return (int)
        classes.stream()
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Benchmark.class))
            .count();
  }
}
