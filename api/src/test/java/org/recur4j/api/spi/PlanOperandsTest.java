package org.recur4j.api.spi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Every refusal of the plan contract that concerns operands, in words. */
class PlanOperandsTest extends IdlePlanFixture {
  @TestFactory
  Stream<DynamicTest> forwardRefusesOperandsThatDoNotFit() {
    Tensor flat = tensor(STEPS * BATCH, INPUT);
    Tensor integers = scope.create(DataType.INT32, Shape.of(STEPS, BATCH, INPUT));
    Tensor gone = gone(STEPS, BATCH, INPUT);
    Tensor goneState = gone(1, BATCH, HIDDEN);
    RecurrentState half = new RecurrentState(state(), null);
    RecurrentState wide = new RecurrentState(state(), tensor(1, BATCH, HIDDEN + 1));
    return Stream.of(
        refusal(
            "no input",
            InvalidArgumentException.class,
            () -> plan.forward(pass, null, NO_OUTPUT),
            "forward: got no x; expected a tensor [T, B, 4]." + FIT),
        refusal(
            "no x",
            InvalidArgumentException.class,
            () -> forward(null),
            "forward: got no x; expected a tensor [T, B, 4]." + FIT),
        refusal(
            "no output",
            InvalidArgumentException.class,
            () -> plan.forward(pass, new RecurrentInput(x, null, null, null), null),
            "forward: got no output; expected a RecurrentOutput; its parts may be null." + FIT),
        refusal(
            "rank of x",
            ShapeException.class,
            () -> forward(flat),
            "forward: got x FLOAT32 [6, 4]; expected FLOAT32 [T, B, 4]."
                + " x is time-major: steps, batch, features."),
        refusal(
            "type of x",
            ShapeException.class,
            () -> forward(integers),
            "forward: got x INT32 [2, 3, 4]; expected FLOAT32 [T, B, 4]."
                + " x is time-major: steps, batch, features."),
        refusal(
            "steps beyond the pass",
            ShapeException.class,
            () -> forward(tensor(STEPS + 1, BATCH, INPUT)),
            "forward: got 3 steps of batch 3; expected at most 2 steps of batch 3."
                + " Open a pass with a larger extent."),
        refusal(
            "x of a closed scope",
            ClosedException.class,
            () -> forward(gone),
            "forward: got x FLOAT32 [2, 3, 4]" + CLOSED),
        refusal(
            "lengths of another batch",
            ShapeException.class,
            () -> forward(Lengths.full(STEPS, BATCH + 1), null, null, NO_OUTPUT),
            "forward: got lengths of 4 rows and 2 steps; expected 3 rows and 2 steps, as x has."
                + " Make the lengths for this batch."),
        refusal(
            "initial state without c",
            InvalidArgumentException.class,
            () -> forward(null, half, null, NO_OUTPUT),
            "forward: got the initial state without its cell part; expected a complete state, or"
                + " none."
                + FIT),
        refusal(
            "initial state without h",
            InvalidArgumentException.class,
            () -> forward(null, new RecurrentState(null, state()), null, NO_OUTPUT),
            "forward: got the initial state without its hidden part; expected a complete state, or"
                + " none."
                + FIT),
        refusal(
            "shape of the initial state",
            ShapeException.class,
            () -> forward(null, wide, null, NO_OUTPUT),
            "forward: got initial cell FLOAT32 [1, 3, 6]; expected FLOAT32 [1, 3, 5]." + CREATE),
        refusal(
            "initial state of a closed scope",
            ClosedException.class,
            () -> forward(null, new RecurrentState(goneState, state()), null, NO_OUTPUT),
            "forward: got initial hidden FLOAT32 [1, 3, 5]" + CLOSED),
        refusal(
            "a mask that is not expected",
            InvalidArgumentException.class,
            () -> forward(null, null, state(), NO_OUTPUT),
            "forward: got a hidden mask; expected none, as the specification says." + FIT),
        refusal(
            "shape of y",
            ShapeException.class,
            () -> forward(null, null, null, new RecurrentOutput(x, null)),
            "forward: got y FLOAT32 [2, 3, 4]; expected FLOAT32 [2, 3, 5]." + CREATE),
        refusal(
            "last state without c",
            InvalidArgumentException.class,
            () -> forward(null, null, null, new RecurrentOutput(null, half)),
            "forward: got the last state without its cell part; expected a complete state, or none."
                + FIT),
        refusal(
            "shape of the last state",
            ShapeException.class,
            () -> forward(null, null, null, new RecurrentOutput(null, wide)),
            "forward: got last cell FLOAT32 [1, 3, 6]; expected FLOAT32 [1, 3, 5]." + CREATE));
  }

  @TestFactory
  Stream<DynamicTest> backwardRefusesOperandsThatDoNotFit() {
    forward(x);
    Tensor wide = tensor(STEPS, BATCH, HIDDEN + 1);
    Tensor gone = gone(STEPS, BATCH, HIDDEN);
    Tensor goneBias = gone(4 * HIDDEN);
    DirectionWeights sums = weights(LSTM);
    Tensor ih = sums.weightIh();
    Tensor hh = sums.weightHh();
    Tensor bias = sums.biasIh();
    RecurrentState odd = new RecurrentState(null, tensor(1, BATCH, HIDDEN + 1));
    return Stream.of(
        refusal(
            "shape of dy",
            ShapeException.class,
            () -> plan.backward(pass, new RecurrentOutput(wide, null), null, null),
            "backward: got dy FLOAT32 [2, 3, 6]; expected FLOAT32 [2, 3, 5]." + CREATE),
        refusal(
            "dy of a closed scope",
            ClosedException.class,
            () -> plan.backward(pass, new RecurrentOutput(gone, null), null, null),
            "backward: got dy FLOAT32 [2, 3, 5]" + CLOSED),
        refusal(
            "shape of dLast",
            ShapeException.class,
            () -> plan.backward(pass, new RecurrentOutput(null, odd), null, null),
            "backward: got dLast cell FLOAT32 [1, 3, 6]; expected FLOAT32 [1, 3, 5]." + CREATE),
        refusal(
            "shape of dx",
            ShapeException.class,
            () -> plan.backward(pass, null, new RecurrentInput(wide, null, null, null), null),
            "backward: got dx FLOAT32 [2, 3, 6]; expected FLOAT32 [2, 3, 4]." + CREATE),
        refusal(
            "shape of dInitial",
            ShapeException.class,
            () -> plan.backward(pass, null, new RecurrentInput(null, null, odd, null), null),
            "backward: got dInitial cell FLOAT32 [1, 3, 6]; expected FLOAT32 [1, 3, 5]." + CREATE),
        refusal(
            "gradients of two directions",
            InvalidArgumentException.class,
            () -> backward(sums, sums),
            "backward: got 2 direction(s) of gradients; expected 1 for FORWARD." + FIT),
        refusal(
            "no gradient of weight_ih",
            InvalidArgumentException.class,
            () -> backward(new DirectionWeights(null, hh, bias, null)),
            "backward: got no gradient of weight_ih; expected one, as the weights have it." + FIT),
        refusal(
            "no gradient of weight_hh",
            InvalidArgumentException.class,
            () -> backward(new DirectionWeights(ih, null, bias, null)),
            "backward: got no gradient of weight_hh; expected one, as the weights have it." + FIT),
        refusal(
            "no gradient of bias_ih",
            InvalidArgumentException.class,
            () -> backward(new DirectionWeights(ih, hh, null, null)),
            "backward: got no gradient of bias_ih; expected one, as the weights have it." + FIT),
        refusal(
            "a gradient of bias_hh too many",
            InvalidArgumentException.class,
            () -> backward(new DirectionWeights(ih, hh, bias, bias)),
            "backward: got a gradient of bias_hh; expected none, as the weights have it." + FIT),
        refusal(
            "shape of a gradient",
            ShapeException.class,
            () -> backward(new DirectionWeights(hh, hh, bias, null)),
            "backward: got gradient of weight_ih FLOAT32 [20, 5]; expected FLOAT32 [20, 4]."
                + CREATE),
        refusal(
            "shape of a bias gradient",
            ShapeException.class,
            () -> backward(new DirectionWeights(ih, hh, ih, null)),
            "backward: got gradient of bias_ih FLOAT32 [20, 4]; expected FLOAT32 [20]." + CREATE),
        refusal(
            "a gradient of a closed scope",
            ClosedException.class,
            () -> backward(new DirectionWeights(ih, hh, goneBias, null)),
            "backward: got gradient of bias_ih FLOAT32 [20]" + CLOSED));
  }

  @TestFactory
  Stream<DynamicTest> readRefusesWhatDoesNotFit() {
    forward(x);
    Tensor gone = gone(STEPS, BATCH, 1, HIDDEN);
    IdlePlan gru = new IdlePlan(GRU, new RecurrentWeights(List.of(weights(GRU))));
    Pass tracing = gru.open(scope, new Extent(STEPS, BATCH), Mode.TRACING);
    gru.forward(tracing, new RecurrentInput(x, null, null, null), NO_OUTPUT);
    return Stream.of(
        refusal(
            "no trace",
            InvalidArgumentException.class,
            () -> plan.read(pass, null, x),
            "read: got no trace; expected one. Give every argument that RecurrentPlan describes."),
        refusal(
            "no target",
            InvalidArgumentException.class,
            () -> plan.read(pass, Trace.GATES, null),
            "read GATES: got no target; expected a tensor [T, B, D, 20]." + FIT),
        refusal(
            "shape of the target",
            ShapeException.class,
            () -> plan.read(pass, Trace.GATES, x),
            "read GATES: got target FLOAT32 [2, 3, 4]; expected FLOAT32 [2, 3, 1, 20]." + CREATE),
        refusal(
            "a target of a closed scope",
            ClosedException.class,
            () -> plan.read(pass, Trace.CELL_STATES, gone),
            "read CELL_STATES: got target FLOAT32 [2, 3, 1, 5]" + CLOSED),
        refusal(
            "cell states of a GRU",
            InvalidArgumentException.class,
            () -> gru.read(tracing, Trace.CELL_STATES, tensor(STEPS, BATCH, 1, HIDDEN)),
            "read CELL_STATES: got a plan of GRU; expected one of LSTM."
                + " Only LSTMs have cell states."),
        refusal(
            "state gradients before backward",
            InvalidArgumentException.class,
            () -> plan.read(pass, Trace.STATE_GRADIENTS, tensor(STEPS, BATCH, 1, HIDDEN)),
            "read STATE_GRADIENTS: got a pass that has not run backward; expected a pass in mode"
                + " TRACING after its backward. Run backward first."));
  }

  @Test
  void aMissingMaskIsRefused() {
    IdlePlan masked = new IdlePlan(MASKED, plan.weights());
    Pass own = masked.open(scope, new Extent(STEPS, BATCH), Mode.INFERENCE);
    assertThatThrownBy(
            () -> masked.forward(own, new RecurrentInput(x, null, null, null), NO_OUTPUT))
        .isExactlyInstanceOf(InvalidArgumentException.class)
        .hasMessage("forward: got no hidden mask; expected one, as the specification says." + FIT);
    assertThatThrownBy(() -> masked.forward(own, new RecurrentInput(x, null, null, x), NO_OUTPUT))
        .isExactlyInstanceOf(ShapeException.class)
        .hasMessage(
            "forward: got hiddenMask FLOAT32 [2, 3, 4]; expected FLOAT32 [1, 3, 5]." + CREATE);
  }

  @Test
  void aCellPartOfAGruIsRefused() {
    IdlePlan gru = new IdlePlan(GRU, new RecurrentWeights(List.of(weights(GRU))));
    Pass own = gru.open(scope, new Extent(STEPS, BATCH), Mode.TRAINING);
    RecurrentState both = new RecurrentState(state(), state());
    assertThatThrownBy(() -> gru.forward(own, new RecurrentInput(x, null, both, null), NO_OUTPUT))
        .isExactlyInstanceOf(InvalidArgumentException.class)
        .hasMessage(
            "forward: got the initial state with a cell part; expected none: only LSTMs have one."
                + FIT);
    gru.forward(own, new RecurrentInput(x, null, null, null), NO_OUTPUT);
    assertThatThrownBy(() -> gru.backward(own, new RecurrentOutput(null, both), null, null))
        .isExactlyInstanceOf(InvalidArgumentException.class)
        .hasMessage(
            "backward: got the dLast state with a cell part; expected none: only LSTMs have one."
                + FIT);
  }
}
