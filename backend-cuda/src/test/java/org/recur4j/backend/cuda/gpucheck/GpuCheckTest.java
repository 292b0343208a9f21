package org.recur4j.backend.cuda.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.conformance.toy.ToyProvider;

/** The programs that time a device are right before they meet one: they run on the kit's toy. */
class GpuCheckTest {
  private static final Path SHAPES =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("gpu-check/shapes.tsv");

  @Test
  void theShapesAreTheWorkloadsAndTheLargeOnes() throws IOException {
    List<LayerShape> shapes = LayerShape.read(SHAPES, ".*");

    assertThat(shapes)
        .extracting(LayerShape::name)
        .doesNotHaveDuplicates()
        .startsWith("W1", "W2", "W3", "W4", "W4L");
    // cells x units x batches x steps
    assertThat(shapes).filteredOn(shape -> !shape.name().startsWith("W")).hasSize(3 * 4 * 3 * 2);
    assertThat(shapes)
        .filteredOn(LayerShape::waited)
        .extracting(LayerShape::name)
        .containsExactly("W5");
    assertThat(LayerShape.read(SHAPES, "W6."))
        .extracting(LayerShape::trained)
        .containsExactly(false, false);
  }

  @Test
  void theOperationsAreTheWorkloads() throws IOException {
    // 2 T B 4H (I + H), and for two directions of a GRU twice 2 T B 3H (I + H)
    assertThat(LayerShape.read(SHAPES, "W1").get(0).forwardOperations()).isEqualTo(314_572_800.0);
    assertThat(LayerShape.read(SHAPES, "W4").get(0).forwardOperations()).isEqualTo(460_800_000.0);
  }

  @Test
  void aBrokenLineIsRefused() {
    assertThatThrownBy(() -> LayerShape.parse("W1\tlstm\t50"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 fields")
        .hasMessageContaining("has 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "lstm", "gru"})
  void everyCellRunsForwardAndBackward(String cell) {
    LayerShape shape = LayerShape.parse("s\t" + cell + "\t3\t2\t4\t5\t2\t2\tforward,train\tqueued");
    try (Backend toy = new ToyProvider().open(BackendOptions.defaults())) {
      try (LayerStack stack = new LayerStack(toy, shape, Precision.FULL, Mode.TRAINING)) {
        stack.forwardAndBackward();
        stack.checkOutput();
        assertThat(stack.engine()).startsWith("portable");
      }
      assertThat(toy.memory().use().live()).isZero();
    }
  }

  @Test
  void aBackendMayHaveSettings() {
    Target plain = Target.parse("cuda");
    Target cublas = Target.parse("cuda:products=cublas");

    assertThat(plain.options().settings()).isEmpty();
    assertThat(plain.kind()).isEqualTo("layer");
    assertThat(cublas.name()).isEqualTo("cuda");
    assertThat(cublas.options().settings()).containsExactly(Map.entry("products", "cublas"));
    assertThat(cublas.kind()).isEqualTo("cublas");
    assertThat(cublas.label()).isEqualTo("recur4j {products=cublas}");
    assertThatThrownBy(() -> Target.parse("cuda:cublas"))
        .hasMessage("'cublas' is no NAME=VALUE, in 'cuda:cublas'");
  }

  @Test
  void aStreamCarriesItsState() {
    LayerShape shape = LayerShape.parse("s\tlstm\t1\t1\t4\t5\t1\t1\tforward\twaited");
    try (Backend toy = new ToyProvider().open(BackendOptions.defaults());
        LayerStack stack = new LayerStack(toy, shape, Precision.FULL, Mode.INFERENCE)) {
      stack.forward();
      float[] first = stack.output();
      stack.forward();

      assertThat(stack.output()).isNotEqualTo(first);
    }
  }

  @Test
  void everySampleIsWaitedFor() {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger waits = new AtomicInteger();

    Timing timing = Timing.of(calls::incrementAndGet, waits::incrementAndGet, false);

    assertThat(timing.samples()).isBetween(3, 15);
    assertThat(timing.calls()).isGreaterThan(1);
    assertThat(timing.least()).isPositive().isLessThanOrEqualTo(timing.median());
    int warm = waits.get() - timing.samples();
    assertThat(calls.get()).isEqualTo(warm + timing.samples() * timing.calls());
  }
}
