package org.recur4j.backend.cuda.kernel;

import static org.recur4j.backend.cuda.kernel.KernelContext.requireFloat;
import static org.recur4j.backend.cuda.kernel.KernelName.GRU_CELL;
import static org.recur4j.backend.cuda.kernel.KernelName.GRU_CELL_GRADIENT;
import static org.recur4j.backend.cuda.kernel.KernelName.GRU_RESET;
import static org.recur4j.backend.cuda.kernel.KernelName.GRU_RESET_GRADIENT;
import static org.recur4j.backend.cuda.kernel.KernelName.LSTM_CELL;
import static org.recur4j.backend.cuda.kernel.KernelName.LSTM_CELL_GRADIENT;

import org.recur4j.api.kernel.CellSteps;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/** The pointwise parts of a time step, each in one launch. */
interface CudaCellSteps extends CellSteps {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  private void over(GateActivations functions, Tensor tensor) {
    LaunchQueue queue = context().queue;
    KernelCodes.write(functions.gate(), queue);
    KernelCodes.write(functions.candidate(), queue);
    queue.integer(tensor.size()).overElements(tensor.size());
  }

  @Override
  default void lstmStep(
      GateActivations activations,
      LstmGates gates,
      Tensor previousCell,
      Tensor cell,
      Tensor cellActivated,
      Tensor hidden) {
    requireFloat("lstmStep", hidden);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(LSTM_CELL).tensor(gates.input()).tensor(gates.forget());
      queue.tensor(gates.candidate()).tensor(gates.output());
      queue.tensor(previousCell).tensor(cell).tensor(cellActivated).tensor(hidden);
      over(activations, hidden);
    }
  }

  @Override
  default void lstmStepGradient(
      GateActivations activations,
      LstmGates gates,
      Tensor previousCell,
      Tensor cellActivated,
      Tensor hiddenGradient,
      Tensor cellGradient,
      LstmGates gateGradients) {
    requireFloat("lstmStepGradient", hiddenGradient);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(LSTM_CELL_GRADIENT).tensor(gates.input()).tensor(gates.forget());
      queue.tensor(gates.candidate()).tensor(gates.output());
      queue.tensor(previousCell).tensor(cellActivated);
      queue.tensor(hiddenGradient).tensor(cellGradient);
      queue.tensor(gateGradients.input()).tensor(gateGradients.forget());
      queue.tensor(gateGradients.candidate()).tensor(gateGradients.output());
      over(activations, hiddenGradient);
    }
  }

  @Override
  default void gruResetAfterStep(
      GateActivations activations,
      GruGates gates,
      Tensor hiddenCandidate,
      Tensor previousHidden,
      Tensor hidden) {
    requireFloat("gruResetAfterStep", hidden);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context()
          .begin(GRU_CELL)
          .tensor(gates.reset())
          .tensor(gates.update())
          .tensor(gates.candidate());
      queue.tensor(hiddenCandidate).tensor(previousHidden).tensor(hidden);
      over(activations, hidden);
    }
  }

  @Override
  default void gruResetAfterStepGradient(
      GateActivations activations,
      GruGates gates,
      Tensor hiddenCandidate,
      Tensor previousHidden,
      Tensor hiddenGradient,
      GruGates gateGradients,
      Tensor hiddenCandidateGradient,
      Tensor previousGradient) {
    requireFloat("gruResetAfterStepGradient", hiddenGradient);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(GRU_CELL_GRADIENT).tensor(gates.reset()).tensor(gates.update());
      queue.tensor(gates.candidate()).tensor(hiddenCandidate).tensor(previousHidden);
      queue.tensor(hiddenGradient).tensor(gateGradients.reset()).tensor(gateGradients.update());
      queue.tensor(gateGradients.candidate()).tensor(hiddenCandidateGradient);
      queue.tensor(previousGradient);
      over(activations, hiddenGradient);
    }
  }

  @Override
  default void gruReset(
      GateActivations activations, Tensor reset, Tensor previousHidden, Tensor resetHidden) {
    requireFloat("gruReset", reset);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(GRU_RESET).tensor(reset).tensor(previousHidden).tensor(resetHidden);
      over(activations, reset);
    }
  }

  @Override
  default void gruResetGradient(
      GateActivations activations,
      Tensor reset,
      Tensor previousHidden,
      Tensor resetHiddenGradient,
      Tensor resetGradient,
      Tensor previousGradient) {
    requireFloat("gruResetGradient", reset);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(GRU_RESET_GRADIENT).tensor(reset).tensor(previousHidden);
      queue.tensor(resetHiddenGradient).tensor(resetGradient).tensor(previousGradient);
      over(activations, reset);
    }
  }

  @Override
  default void gruOutput(
      GateActivations activations, GruGates gates, Tensor previousHidden, Tensor hidden) {
    requireFloat("gruOutput", hidden);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(GRU_CELL).address(0).tensor(gates.update()).tensor(gates.candidate());
      queue.address(0).tensor(previousHidden).tensor(hidden);
      over(activations, hidden);
    }
  }

  @Override
  default void gruOutputGradient(
      GateActivations activations,
      GruGates gates,
      Tensor previousHidden,
      Tensor hiddenGradient,
      GruGates gateGradients,
      Tensor previousGradient) {
    requireFloat("gruOutputGradient", hiddenGradient);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context()
          .begin(GRU_CELL_GRADIENT)
          .address(0)
          .tensor(gates.update())
          .tensor(gates.candidate());
      queue.address(0).tensor(previousHidden).tensor(hiddenGradient);
      queue.address(0).tensor(gateGradients.update()).tensor(gateGradients.candidate());
      queue.address(0).tensor(previousGradient);
      over(activations, hiddenGradient);
    }
  }
}
