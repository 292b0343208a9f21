package org.recur4j.conformance;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.reference.NaiveGradients;
import org.recur4j.api.reference.NaiveResult;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.Tensor;

/** Compares what a plan wrote with the reference, quantity by quantity. */
record AgainstOracle(String prefix, CaseTensors tensors) {
  /** Runs the plan's case once in a mode and compares all that the mode gives. */
  static void run(String prefix, PlanRun run, Pass pass) {
    CaseTensors tensors = run.tensors;
    AgainstOracle compare = new AgainstOracle(prefix + pass.mode() + ", ", tensors);
    tensors.clear();
    run.forward(pass);
    compare.forward(tensors.data.result());
    if (pass.mode() == Mode.TRACING) {
      compare.traces(run, pass, tensors.data.result());
    }
    if (pass.mode().keepsForBackward()) {
      List<Contents> written = compare.results();
      run.backward(pass);
      Comparison.checkSame(
          compare.prefix() + "after backward",
          compare.results(),
          written,
          "Backward was given y and the last state by forward only: it must not write them");
      NaiveGradients want = tensors.data.gradients();
      if (pass.mode() == Mode.TRACING) {
        Tensor traced = run.trace(pass, Trace.STATE_GRADIENTS, run.theCase.hidden());
        compare.gradient("trace STATE_GRADIENTS", traced, want.stateGradients(), Advice.BACKWARD);
      }
      compare.backward(want);
    }
  }

  private List<Contents> results() {
    RecurrentState last = tensors.out.last();
    return Stream.of(tensors.out.y(), last.hidden(), last.cell())
        .filter(Objects::nonNull)
        .map(tensors.bench::contents)
        .toList();
  }

  void forward(NaiveResult want) {
    value("y", tensors.out.y(), want.y(), Advice.FORWARD);
    exactPastLengths("y", tensors.out.y());
    RecurrentState last = tensors.out.last();
    value("last hidden", last.hidden(), want.lastHidden(), Advice.FORWARD);
    if (want.lastCell() != null) {
      value("last cell", last.cell(), want.lastCell(), Advice.FORWARD);
    }
  }

  private void traces(PlanRun run, Pass pass, NaiveResult want) {
    RecurrentSpec spec = tensors.theCase.spec();
    Tensor gates = run.trace(pass, Trace.GATES, spec.gates() * spec.hiddenSize());
    Advice advice = Advice.gates(gateNames(spec), false, Advice.FORWARD);
    value("trace GATES", gates, want.gates(), advice);
    if (want.cellStates() != null) {
      Tensor cells = run.trace(pass, Trace.CELL_STATES, spec.hiddenSize());
      value("trace CELL_STATES", cells, want.cellStates(), Advice.FORWARD);
    }
  }

  void backward(NaiveGradients want) {
    gradient("d_x", tensors.dIn.x(), want.x(), Advice.BACKWARD);
    exactPastLengths("d_x", tensors.dIn.x());
    states(tensors.dIn.initial(), want);
    sums(want.weights());
  }

  void states(RecurrentState got, NaiveGradients want) {
    gradient("d_initial hidden", got.hidden(), want.initialHidden(), Advice.BACKWARD);
    if (want.initialCell() != null) {
      gradient("d_initial cell", got.cell(), want.initialCell(), Advice.BACKWARD);
    }
  }

  void sums(List<NaiveWeights> want) {
    for (int d = 0; d < want.size(); d++) {
      DirectionWeights got = tensors.sums.directions().get(d);
      NaiveWeights sum = want.get(d);
      String where = "direction " + d + " d_";
      added(where + "weight_ih", got.weightIh(), sum.weightIh());
      added(where + "weight_hh", got.weightHh(), sum.weightHh());
      added(where + "bias_ih", got.biasIh(), sum.biasIh());
      added(where + "bias_hh", got.biasHh(), sum.biasHh());
    }
  }

  private static String gateNames(RecurrentSpec spec) {
    return spec.cell() == CellKind.VANILLA
        ? "h"
        : spec.cell() == CellKind.LSTM ? "i f g o" : "r z n";
  }

  /** Gradients are added to what was there. */
  private void added(String what, Tensor got, double[] want) {
    if (got != null) {
      double[] sum = Numbers.fill(want.length, i -> want[i] + CaseTensors.START);
      String names = gateNames(tensors.theCase.spec());
      gradient(what, got, sum, Advice.gates(names, true, Advice.BACKWARD));
    }
  }

  private void value(String what, Tensor got, double[] want, Advice advice) {
    check(what, got, want, AllowedError.forward(tensors.theCase.type()), advice);
  }

  void gradient(String what, Tensor got, double[] want, Advice advice) {
    check(what, got, want, AllowedError.gradient(tensors.theCase.type()), advice);
  }

  private void check(String what, Tensor got, double[] want, double tolerance, Advice advice) {
    double[] values = tensors.bench.read(got);
    Comparison.check(prefix + what, values, want, tolerance, advice, got.shape().toArray());
  }

  void exactPastLengths(String what, Tensor tensor) {
    double[] values = tensors.bench.read(tensor);
    int features = tensor.extent(2);
    int batch = tensor.extent(1);
    for (int i = 0; i < values.length; i++) {
      int row = i / features % batch;
      int time = i / features / batch;
      int length = tensors.data.in().length(row);
      if (time >= length && values[i] != 0) {
        throw new AssertionError(
            prefix
                + what
                + "["
                + time
                + ", "
                + row
                + "] past length "
                + length
                + " is "
                + values[i]
                + ", want exactly 0: it must be written, whatever was there before");
      }
    }
  }
}
