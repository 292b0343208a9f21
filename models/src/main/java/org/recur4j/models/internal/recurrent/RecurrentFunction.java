package org.recur4j.models.internal.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.replay.ReplayableFunction;

/**
 * The run of a plan as one node of the tape. Inputs: x, initial h and initial c (null if absent),
 * then four tensors per direction (weight_ih, weight_hh, bias_ih, bias_hh; null for absent biases).
 * Outputs: y, last h and, for an LSTM, last c.
 *
 * @param plan plan to run
 * @param pass workspace, used exclusively by this node until its backward pass
 * @param lengths lengths of the rows
 * @param mask mask on h′, {@code [D, B, H]}; null if the plan has none
 */
record RecurrentFunction(RecurrentPlan plan, Pass pass, Lengths lengths, Tensor mask)
    implements ReplayableFunction {
  /** The index of the initial h among the inputs; the initial c follows. */
  static final int INITIAL = 1;

  /** The index of the first direction's first tensor among the inputs. */
  static final int WEIGHTS = 3;

  private static final int TENSORS = 4;

  @Override
  public String name() {
    return plan.spec().direction() + " " + plan.spec().cell();
  }

  @Override
  public Tensor[] forward(Forward call) {
    RecurrentSpec spec = plan.spec();
    Tensor x = call.input(0);
    Tensor y = call.create(x.dataType(), x.shape().with(2, spec.outputSize()));
    Shape state = Shape.of(spec.directions(), x.extent(1), spec.hiddenSize());
    Tensor hidden = call.create(x.dataType(), state);
    Tensor cell = spec.hasCellState() ? call.create(x.dataType(), state) : null;
    plan.forward(
        pass,
        new RecurrentInput(x, lengths, initial(call), mask),
        new RecurrentOutput(y, new RecurrentState(hidden, cell)));
    return cell == null ? new Tensor[] {y, hidden} : new Tensor[] {y, hidden, cell};
  }

  @Override
  public Runnable replay(Forward call, Tensor[] outputs) {
    RecurrentInput in = new RecurrentInput(call.input(0), lengths, initial(call), mask);
    RecurrentState last = new RecurrentState(outputs[1], outputs.length > 2 ? outputs[2] : null);
    RecurrentOutput out = new RecurrentOutput(outputs[0], last);
    return () -> plan.forward(pass, in, out);
  }

  private static RecurrentState initial(Forward call) {
    Tensor hidden = call.input(INITIAL);
    return hidden == null ? null : new RecurrentState(hidden, call.input(INITIAL + 1));
  }

  @Override
  public void backward(Backward call) {
    Tensor dCell = plan.spec().hasCellState() ? call.outputGradient(2) : null;
    Tensor dHidden = call.outputGradient(1);
    RecurrentState dLast =
        dHidden == null && dCell == null ? null : new RecurrentState(dHidden, dCell);
    Tensor dx = call.wants(0) ? call.overwrite(0) : null;
    plan.backward(
        pass,
        new RecurrentOutput(call.outputGradient(0), dLast),
        new RecurrentInput(dx, null, initialGradient(call), null),
        call.wants(WEIGHTS) ? sums(call) : null);
  }

  private static RecurrentState initialGradient(Backward call) {
    Tensor dHidden = call.wants(INITIAL) ? call.overwrite(INITIAL) : null;
    Tensor dCell = call.wants(INITIAL + 1) ? call.overwrite(INITIAL + 1) : null;
    return dHidden == null && dCell == null ? null : new RecurrentState(dHidden, dCell);
  }

  private RecurrentGradients sums(Backward call) {
    List<DirectionWeights> directions = new ArrayList<>();
    for (int first = WEIGHTS; first < call.inputs(); first += TENSORS) {
      directions.add(
          new DirectionWeights(
              sum(call, first), sum(call, first + 1), sum(call, first + 2), sum(call, first + 3)));
    }
    return new RecurrentGradients(directions);
  }

  private static Tensor sum(Backward call, int index) {
    return call.input(index) == null ? null : call.accumulate(index);
  }
}
