package org.recur4j.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.memory.MemoryTask;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.diagnosis.Diagnosis.Kind;
import org.recur4j.models.diagnosis.FlowSnapshot;
import org.recur4j.models.diagnosis.LayerFlow;
import org.recur4j.models.diagnosis.Remedy;

/** What theory says of the adding problem, seen: the textbook's cases at 200 steps. */
class AddingProblemFlowTest {
  private Backend backend;

  @BeforeEach
  void open() {
    backend = Backends.open("ejml");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private FlowResult run(FlowVariant variant, int steps, OptionalDouble radius, int length) {
    Task task = MemoryTask.all().get(0);
    TaskSettings base =
        task.defaults(new Variant(CellChoice.VANILLA, Direction.FORWARD), true)
            .withHidden(32)
            .withOptions(java.util.Map.of("length", Integer.toString(length)));
    FlowSettings settings =
        new FlowSettings(
            steps,
            Math.max(1, steps / 2),
            4,
            base.batch(),
            0.0003,
            1,
            FlowStart.UNIFORM,
            radius,
            1,
            25);
    FlowSubject subject = FlowSubject.of(task, base, backend);
    return new FlowTrial(backend, backend.decompositions(), subject, settings, () -> false)
        .run(variant);
  }

  private LayerFlow fresh(CellChoice cell, OptionalDouble radius, Remedy... remedies) {
    return run(new FlowVariant(cell, List.of(remedies)), 0, radius, 200).last().worst();
  }

  @Test
  void aUniformVanillaNetworkVanishes() {
    LayerFlow flow = fresh(CellChoice.VANILLA, OptionalDouble.empty());
    assertThat(flow.diagnosis().kind()).isEqualTo(Kind.VANISHING);
    assertThat(flow.decay().overall()).isLessThan(1e-30);
    assertThat(flow.decay().horizonPercent()).isBetween(2, 20);
    assertThat(flow.spectralRadii()).hasSize(1);
    assertThat(flow.spectralRadii().get(0)).isLessThan(1);
  }

  @Test
  void aSpectralRadiusOfOneAndAHalfExplodesAndTruncationEndsIt() {
    OptionalDouble radius = OptionalDouble.of(1.5);
    LayerFlow flow = fresh(CellChoice.VANILLA, radius);
    assertThat(flow.diagnosis().kind()).isEqualTo(Kind.EXPLODING);
    assertThat(flow.spectralRadii().get(0)).isCloseTo(1.5, within(1e-4));
    assertThat(flow.jacobian().orElseThrow().largest()).isGreaterThan(1);
    LayerFlow truncated = fresh(CellChoice.VANILLA, radius, Remedy.TRUNCATED_BACKPROPAGATION);
    assertThat(truncated.diagnosis().kind()).isEqualTo(Kind.HEALTHY);
    assertThat(truncated.decay().span()).isEqualTo(25);
  }

  @Test
  void theRemediesMoveTheHorizon() {
    OptionalDouble none = OptionalDouble.empty();
    int before = fresh(CellChoice.VANILLA, none).decay().horizonPercent();
    assertThat(fresh(CellChoice.VANILLA, none, Remedy.ORTHOGONAL).decay().horizonPercent())
        .isGreaterThan(2 * before);
    assertThat(fresh(CellChoice.VANILLA, none, Remedy.IDENTITY).diagnosis().kind())
        .isEqualTo(Kind.HEALTHY);
    assertThat(fresh(CellChoice.VANILLA, none, Remedy.GATED_CELL).decay().horizonPercent())
        .isGreaterThan(before);
  }

  @Test
  void trainingIsWatchedToItsLastStep() {
    FlowResult result =
        run(
            new FlowVariant(CellChoice.VANILLA, List.of(Remedy.LAYER_NORMALIZATION)),
            5,
            OptionalDouble.empty(),
            10);
    assertThat(result.snapshots()).extracting(FlowSnapshot::step).containsExactly(0L, 2L, 4L, 5L);
    assertThat(result.losses()).hasSize(5).doesNotContain(Double.NaN);
    assertThat(result.norms()).hasSize(5);
    assertThat(result.end()).isEmpty();
    assertThat(result.course())
        .startsWith(result.snapshots().get(0).worst().diagnosis().kind() + " (0");
  }
}
