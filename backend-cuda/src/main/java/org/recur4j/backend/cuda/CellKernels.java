package org.recur4j.backend.cuda;

import org.recur4j.api.kernel.CellSteps;
import org.recur4j.api.tensor.Tensor;

/** The pointwise halves of a time step, one launch each. */
abstract class CellKernels extends ElementwiseKernels implements CellSteps {
  private final Kernel lstmCell = module.kernel("lstm_cell");
  private final Kernel lstmCellGradient = module.kernel("lstm_cell_gradient");
  private final Kernel gruCell = module.kernel("gru_cell");
  private final Kernel gruCellGradient = module.kernel("gru_cell_gradient");
  private final Kernel gruReset = module.kernel("gru_reset");
  private final Kernel gruResetGradient = module.kernel("gru_reset_gradient");

  CellKernels(Device device) {
    super(device);
  }

  private void over(GateActivations functions, Tensor tensor) {
    queue.activation(functions.gate()).activation(functions.candidate());
    queue.integer(tensor.size()).overElements(tensor.size());
  }

  @Override
  public final void lstmStep(
      GateActivations activations,
      LstmGates gates,
      Tensor previousCell,
      Tensor cell,
      Tensor cellActivated,
      Tensor hidden) {
    requireFloat("lstmStep", hidden);
    synchronized (queue) {
      queue.begin(lstmCell).tensor(gates.input()).tensor(gates.forget());
      queue.tensor(gates.candidate()).tensor(gates.output());
      queue.tensor(previousCell).tensor(cell).tensor(cellActivated).tensor(hidden);
      over(activations, hidden);
    }
  }

  @Override
  public final void lstmStepGradient(
      GateActivations activations,
      LstmGates gates,
      Tensor previousCell,
      Tensor cellActivated,
      Tensor hiddenGradient,
      Tensor cellGradient,
      LstmGates gateGradients) {
    requireFloat("lstmStepGradient", hiddenGradient);
    synchronized (queue) {
      queue.begin(lstmCellGradient).tensor(gates.input()).tensor(gates.forget());
      queue.tensor(gates.candidate()).tensor(gates.output());
      queue.tensor(previousCell).tensor(cellActivated);
      queue.tensor(hiddenGradient).tensor(cellGradient);
      queue.tensor(gateGradients.input()).tensor(gateGradients.forget());
      queue.tensor(gateGradients.candidate()).tensor(gateGradients.output());
      over(activations, hiddenGradient);
    }
  }

  @Override
  public final void gruResetAfterStep(
      GateActivations activations,
      GruGates gates,
      Tensor hiddenCandidate,
      Tensor previousHidden,
      Tensor hidden) {
    requireFloat("gruResetAfterStep", hidden);
    synchronized (queue) {
      queue.begin(gruCell).tensor(gates.reset()).tensor(gates.update()).tensor(gates.candidate());
      queue.tensor(hiddenCandidate).tensor(previousHidden).tensor(hidden);
      over(activations, hidden);
    }
  }

  @Override
  public final void gruResetAfterStepGradient(
      GateActivations activations,
      GruGates gates,
      Tensor hiddenCandidate,
      Tensor previousHidden,
      Tensor hiddenGradient,
      GruGates gateGradients,
      Tensor hiddenCandidateGradient,
      Tensor previousGradient) {
    requireFloat("gruResetAfterStepGradient", hiddenGradient);
    synchronized (queue) {
      queue.begin(gruCellGradient).tensor(gates.reset()).tensor(gates.update());
      queue.tensor(gates.candidate()).tensor(hiddenCandidate).tensor(previousHidden);
      queue.tensor(hiddenGradient).tensor(gateGradients.reset()).tensor(gateGradients.update());
      queue.tensor(gateGradients.candidate()).tensor(hiddenCandidateGradient);
      queue.tensor(previousGradient);
      over(activations, hiddenGradient);
    }
  }

  @Override
  public final void gruReset(
      GateActivations activations, Tensor reset, Tensor previousHidden, Tensor resetHidden) {
    requireFloat("gruReset", reset);
    synchronized (queue) {
      queue.begin(gruReset).tensor(reset).tensor(previousHidden).tensor(resetHidden);
      over(activations, reset);
    }
  }

  @Override
  public final void gruResetGradient(
      GateActivations activations,
      Tensor reset,
      Tensor previousHidden,
      Tensor resetHiddenGradient,
      Tensor resetGradient,
      Tensor previousGradient) {
    requireFloat("gruResetGradient", reset);
    synchronized (queue) {
      queue.begin(gruResetGradient).tensor(reset).tensor(previousHidden);
      queue.tensor(resetHiddenGradient).tensor(resetGradient).tensor(previousGradient);
      over(activations, reset);
    }
  }

  @Override
  public final void gruOutput(
      GateActivations activations, GruGates gates, Tensor previousHidden, Tensor hidden) {
    requireFloat("gruOutput", hidden);
    synchronized (queue) {
      queue.begin(gruCell).address(0).tensor(gates.update()).tensor(gates.candidate());
      queue.address(0).tensor(previousHidden).tensor(hidden);
      over(activations, hidden);
    }
  }

  @Override
  public final void gruOutputGradient(
      GateActivations activations,
      GruGates gates,
      Tensor previousHidden,
      Tensor hiddenGradient,
      GruGates gateGradients,
      Tensor previousGradient) {
    requireFloat("gruOutputGradient", hiddenGradient);
    synchronized (queue) {
      queue.begin(gruCellGradient).address(0).tensor(gates.update()).tensor(gates.candidate());
      queue.address(0).tensor(previousHidden).tensor(hiddenGradient);
      queue.address(0).tensor(gateGradients.update()).tensor(gateGradients.candidate());
      queue.address(0).tensor(previousGradient);
      over(activations, hiddenGradient);
    }
  }
}
