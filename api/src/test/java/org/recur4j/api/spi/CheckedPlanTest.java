package org.recur4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.error.StaleWeightsException;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/** Every refusal of the plan contract that concerns state, in words. */
class CheckedPlanTest extends IdlePlanFixture {
  @TestFactory
  Stream<DynamicTest> passesAreRefusedThatCannotRun() {
    Extent max = new Extent(STEPS, BATCH);
    Pass inference = plan.open(scope, max, Mode.INFERENCE);
    Pass fresh = plan.open(scope, max, Mode.TRAINING);
    Pass training = plan.open(scope, max, Mode.TRAINING);
    RecurrentInput in = new RecurrentInput(x, null, null, null);
    plan.forward(inference, in, NO_OUTPUT);
    plan.forward(training, in, NO_OUTPUT);
    Pass foreign = new IdlePlan(LSTM, plan.weights()).open(scope, max, Mode.TRACING);
    Scope child = scope.child("short");
    Pass dead = plan.open(child, max, Mode.TRACING);
    child.reset();
    String ownPass =
        "; expected a pass that this plan opened. Open a pass with this plan's open().";
    String openPass =
        ": got a pass whose scope was closed or reset; expected a pass of an open scope."
            + " Open the pass in a scope that lives as long as it is used.";
    String runFirst = " after its forward. Open the pass in that mode and run forward first.";
    return Stream.of(
        refusal(
            "no pass",
            InvalidArgumentException.class,
            () -> plan.forward(null, in, NO_OUTPUT),
            "forward: got no pass" + ownPass),
        refusal(
            "forward in a foreign pass",
            InvalidArgumentException.class,
            () -> plan.forward(foreign, in, NO_OUTPUT),
            "forward: got a pass of another plan" + ownPass),
        refusal(
            "backward in a foreign pass",
            InvalidArgumentException.class,
            () -> plan.backward(foreign, null, null, null),
            "backward: got a pass of another plan" + ownPass),
        refusal(
            "read of a foreign pass",
            InvalidArgumentException.class,
            () -> plan.read(foreign, Trace.GATES, x),
            "read GATES: got a pass of another plan" + ownPass),
        refusal(
            "forward in a pass of a closed scope",
            ClosedException.class,
            () -> plan.forward(dead, in, NO_OUTPUT),
            "forward" + openPass),
        refusal(
            "backward in a pass of a closed scope",
            ClosedException.class,
            () -> plan.backward(dead, null, null, null),
            "backward" + openPass),
        refusal(
            "read of a pass of a closed scope",
            ClosedException.class,
            () -> plan.read(dead, Trace.GATES, x),
            "read GATES" + openPass),
        refusal(
            "backward in mode INFERENCE",
            InvalidArgumentException.class,
            () -> plan.backward(inference, null, null, null),
            "backward: got a pass in mode INFERENCE; expected a pass in mode TRAINING or TRACING"
                + runFirst),
        refusal(
            "backward before forward",
            InvalidArgumentException.class,
            () -> plan.backward(fresh, null, null, null),
            "backward: got a pass in mode TRAINING that has not run forward; expected a pass in"
                + " mode TRAINING or TRACING"
                + runFirst),
        refusal(
            "read in mode TRAINING",
            InvalidArgumentException.class,
            () -> plan.read(training, Trace.GATES, x),
            "read GATES: got a pass in mode TRAINING; expected a pass in mode TRACING" + runFirst),
        refusal(
            "read before forward",
            InvalidArgumentException.class,
            () -> plan.read(pass, Trace.GATES, x),
            "read GATES: got a pass in mode TRACING that has not run forward; expected a pass in"
                + " mode TRACING"
                + runFirst),
        refusal(
            "open without a scope",
            InvalidArgumentException.class,
            () -> plan.open(null, max, Mode.INFERENCE),
            "open: got no scope; expected one."
                + " Give every argument that RecurrentPlan describes."),
        refusal(
            "open without an extent",
            InvalidArgumentException.class,
            () -> plan.open(scope, null, Mode.INFERENCE),
            "open: got no extent; expected one."
                + " Give every argument that RecurrentPlan describes."),
        refusal(
            "open without a mode",
            InvalidArgumentException.class,
            () -> plan.open(scope, max, null),
            "open: got no mode; expected one."
                + " Give every argument that RecurrentPlan describes."));
  }

  @Test
  void weightsThatMovedAreRefusedUntilRefreshed() {
    forward(x);
    backend.kernels().fill(0.25, weights.biasIh());
    String moved =
        "backward: got weights written since the forward being differentiated; expected the"
            + " weights unchanged. Update weights after backward.";
    assertThatThrownBy(() -> plan.backward(pass, null, null, null))
        .isExactlyInstanceOf(StaleWeightsException.class)
        .hasMessage(moved);
    assertThatThrownBy(() -> forward(x))
        .isExactlyInstanceOf(StaleWeightsException.class)
        .hasMessage(
            "forward: got weights written since the plan was made or refreshed; expected the"
                + " weights unchanged. Call refresh() after each update.");
    plan.refresh();
    plan.refresh();
    assertThatThrownBy(() -> plan.backward(pass, null, null, null)).hasMessage(moved);
    forward(x);
    plan.backward(pass, null, null, null);
    assertThat(plan.calls)
        .containsExactly("open", "forward 2x3", "refresh", "forward 2x3", "backward true true");
  }

  @Test
  void aRefreshThatFailedIsDoneAgain() {
    backend.kernels().fill(0.25, weights.biasIh());
    plan.failOnce(new IllegalStateException("no memory"));
    assertThatThrownBy(plan::refresh).hasMessage("no memory");
    assertThatThrownBy(() -> forward(x)).isExactlyInstanceOf(StaleWeightsException.class);
    plan.refresh();
    forward(x);
  }

  @Test
  void aRefusedForwardLosesNothingAndAFailedOneIsNoForward() {
    forward(x);
    assertThatThrownBy(() -> forward(tensor(STEPS, BATCH, INPUT + 1)))
        .isExactlyInstanceOf(ShapeException.class);
    plan.backward(pass, null, null, null);
    plan.failOnce(new IllegalStateException("half-way"));
    assertThatThrownBy(() -> forward(x)).hasMessage("half-way");
    assertThatThrownBy(() -> plan.backward(pass, null, null, null))
        .hasMessageContaining("that has not run forward");
    assertThatThrownBy(
            () -> plan.read(pass, Trace.STATE_GRADIENTS, tensor(STEPS, BATCH, 1, HIDDEN)))
        .hasMessageContaining("that has not run forward");
  }

  @Test
  void whatForwardReadMustStillBeThere() {
    for (String operand : List.of("x", "initial", "y", "hiddenMask")) {
      IdlePlan masked = new IdlePlan(MASKED, plan.weights());
      Pass own = masked.open(scope, new Extent(STEPS, BATCH), Mode.TRAINING);
      Scope inner = scope.child("gone");
      Scope of = scope.child("kept");
      masked.forward(
          own,
          new RecurrentInput(
              create(operand.equals("x") ? inner : of, STEPS, BATCH, INPUT),
              null,
              new RecurrentState(
                  create(of, 1, BATCH, HIDDEN),
                  create(operand.equals("initial") ? inner : of, 1, BATCH, HIDDEN)),
              create(operand.equals("hiddenMask") ? inner : of, 1, BATCH, HIDDEN)),
          new RecurrentOutput(
              create(operand.equals("y") ? inner : of, STEPS, BATCH, HIDDEN), null));
      inner.reset();
      assertThatThrownBy(() -> masked.backward(own, null, null, null))
          .isExactlyInstanceOf(ClosedException.class)
          .hasMessage(
              "backward: got "
                  + operand
                  + " of the forward being differentiated, whose scope was closed or reset since;"
                  + " expected the operands of forward as they were."
                  + " Keep their scope open until backward is done.");
      assertThat(masked.calls).containsExactly("open", "forward 2x3");
    }
  }

  @Test
  void weightsMustStillBeThere() {
    Scope inner = scope.child("gone");
    Tensor bias = create(inner, 4 * HIDDEN);
    IdlePlan other =
        new IdlePlan(
            LSTM,
            new RecurrentWeights(
                List.of(new DirectionWeights(weights.weightIh(), weights.weightHh(), bias, null))));
    Pass own = other.open(scope, new Extent(STEPS, BATCH), Mode.TRAINING);
    RecurrentInput in = new RecurrentInput(x, null, null, null);
    other.forward(own, in, NO_OUTPUT);
    inner.close();
    assertThatThrownBy(() -> other.forward(own, in, NO_OUTPUT))
        .hasMessage("forward: got bias_ih FLOAT32 [20]" + CLOSED);
    assertThatThrownBy(() -> other.backward(own, null, null, null))
        .hasMessage("backward: got bias_ih FLOAT32 [20]" + CLOSED);
    assertThatThrownBy(other::refresh)
        .isExactlyInstanceOf(ClosedException.class)
        .hasMessage("refresh: got bias_ih FLOAT32 [20]" + CLOSED);
    assertThat(other.calls).containsExactly("open", "forward 2x3");
  }

  @Test
  void aClosedPlanRefusesEverything() {
    forward(x);
    plan.close();
    plan.close();
    String closed =
        ": got a closed plan; expected an open one. Keep the plan open while its passes run.";
    assertThatThrownBy(() -> forward(x)).hasMessage("forward" + closed);
    assertThatThrownBy(() -> plan.backward(pass, null, null, null)).hasMessage("backward" + closed);
    assertThatThrownBy(() -> plan.read(pass, Trace.GATES, x)).hasMessage("read GATES" + closed);
    assertThatThrownBy(plan::refresh).hasMessage("refresh" + closed);
    assertThatThrownBy(() -> plan.open(scope, new Extent(1, 1), Mode.INFERENCE))
        .isExactlyInstanceOf(ClosedException.class)
        .hasMessage("open" + closed);
    assertThat(plan.calls).containsExactly("open", "forward 2x3", "close");
  }

  @Test
  void weightsThatDoNotFitAreRefusedBeforeAnythingIsMade() {
    assertThatThrownBy(() -> new IdlePlan(GRU, new RecurrentWeights(List.of(weights))))
        .isExactlyInstanceOf(ShapeException.class)
        .hasMessageContaining("weight_ih FLOAT32 [20, 4]; expected FLOAT32 [15, 4]");
  }

  @Test
  void reportsWhatTheSubclassSays() {
    PlanReport report = plan.report();
    assertThat(report.verdict().engine()).isEqualTo("idle");
    assertThat(report.packedBytes()).isEqualTo(12);
    assertThat(report.callsPerForward()).isEqualTo(3);
    assertThat(pass.plan()).isSameAs(plan);
    assertThat(pass.max()).isEqualTo(new Extent(STEPS, BATCH));
    assertThat(pass.mode()).isEqualTo(Mode.TRACING);
  }
}
