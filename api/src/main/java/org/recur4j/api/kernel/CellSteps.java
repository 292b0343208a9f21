package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * The pointwise parts of one time step of the LSTM and the GRU. All tensors are {@code [B, H]}, one
 * for each gate. The defaults are chains of elementwise kernels and are correct on every backend; a
 * backend overrides them to make each a single pass over memory. Gates are passed as
 * pre-activations (input part plus recurrent part) and replaced by the activated values; the
 * gradients of the pre-activations are overwritten. The vanilla cell needs only {@link
 * Elementwise#activation}.
 */
public interface CellSteps extends Elementwise {
  /**
   * The four gates of an LSTM, in PyTorch's order.
   *
   * @param input i
   * @param forget f
   * @param candidate g
   * @param output o
   */
  record LstmGates(Tensor input, Tensor forget, Tensor candidate, Tensor output) {}

  /**
   * The three gates of a GRU, in PyTorch's order.
   *
   * @param reset r
   * @param update z
   * @param candidate n
   */
  record GruGates(Tensor reset, Tensor update, Tensor candidate) {}

  /**
   * The activations of a gated cell.
   *
   * @param gate σ, the activation of the gates
   * @param candidate φ, the activation of the candidate and of the LSTM's output
   */
  record GateActivations(Activation gate, Activation candidate) {}

  /**
   * Computes one step of an LSTM: i, f, o = σ(·), g = φ(·); c = f·c′ + i·g; h = o·φ(c) (Hochreiter,
   * Schmidhuber 1997 with the forget gate of Gers et al. 2000, as in PyTorch's LSTM).
   *
   * @param activations σ, φ
   * @param gates the pre-activations; the activated gates on return
   * @param previousCell c′
   * @param cell c, overwritten
   * @param cellActivated φ(c), overwritten; kept for backward
   * @param hidden h, overwritten
   */
  default void lstmStep(
      GateActivations activations,
      LstmGates gates,
      Tensor previousCell,
      Tensor cell,
      Tensor cellActivated,
      Tensor hidden) {
    activation(activations.gate(), gates.input(), gates.input());
    activation(activations.gate(), gates.forget(), gates.forget());
    activation(activations.candidate(), gates.candidate(), gates.candidate());
    activation(activations.gate(), gates.output(), gates.output());
    binary(Binary.MULTIPLY, gates.forget(), previousCell, cell);
    addProduct(gates.input(), gates.candidate(), cell);
    activation(activations.candidate(), cell, cellActivated);
    binary(Binary.MULTIPLY, gates.output(), cellActivated, hidden);
  }

  /**
   * Computes the gradients of {@link #lstmStep}.
   *
   * @param activations σ, φ
   * @param gates the activated gates of the forward step
   * @param previousCell c′
   * @param cellActivated φ(c)
   * @param hiddenGradient ∂L/∂h
   * @param cellGradient ∂L/∂c from later steps; ∂L/∂c′ on return
   * @param gateGradients gradients of the four pre-activations, overwritten
   */
  default void lstmStepGradient(
      GateActivations activations,
      LstmGates gates,
      Tensor previousCell,
      Tensor cellActivated,
      Tensor hiddenGradient,
      Tensor cellGradient,
      LstmGates gateGradients) {
    Tensor dInput = gateGradients.input();
    // dc += dh · o · φ′(c), with the input gate's gradient as scratch
    binary(Binary.MULTIPLY, hiddenGradient, gates.output(), dInput);
    activationGradient(activations.candidate(), cellActivated, dInput, dInput);
    binary(Binary.ADD, cellGradient, dInput, cellGradient);
    binary(Binary.MULTIPLY, hiddenGradient, cellActivated, gateGradients.output());
    activationGradient(
        activations.gate(), gates.output(), gateGradients.output(), gateGradients.output());
    binary(Binary.MULTIPLY, cellGradient, gates.candidate(), dInput);
    activationGradient(activations.gate(), gates.input(), dInput, dInput);
    binary(Binary.MULTIPLY, cellGradient, gates.input(), gateGradients.candidate());
    activationGradient(
        activations.candidate(),
        gates.candidate(),
        gateGradients.candidate(),
        gateGradients.candidate());
    binary(Binary.MULTIPLY, cellGradient, previousCell, gateGradients.forget());
    activationGradient(
        activations.gate(), gates.forget(), gateGradients.forget(), gateGradients.forget());
    binary(Binary.MULTIPLY, cellGradient, gates.forget(), cellGradient);
  }

  /**
   * Computes one step of a GRU with the reset gate after the product (PyTorch, cuDNN): r, z = σ(·);
   * n = φ(x_n + r·hn); h = (1 − z)·n + z·h′, where hn = W_hn h′ + b_hn.
   *
   * @param activations σ, φ
   * @param gates the pre-activations (for the candidate, only the input part x_n); the activated
   *     gates on return
   * @param hiddenCandidate hn
   * @param previousHidden h′
   * @param hidden h, overwritten; must not be h′
   */
  default void gruResetAfterStep(
      GateActivations activations,
      GruGates gates,
      Tensor hiddenCandidate,
      Tensor previousHidden,
      Tensor hidden) {
    activation(activations.gate(), gates.reset(), gates.reset());
    addProduct(gates.reset(), hiddenCandidate, gates.candidate());
    gruOutput(activations, gates, previousHidden, hidden);
  }

  /**
   * Computes the gradients of {@link #gruResetAfterStep}.
   *
   * @param activations σ, φ
   * @param gates the activated gates of the forward step
   * @param hiddenCandidate hn
   * @param previousHidden h′
   * @param hiddenGradient ∂L/∂h
   * @param gateGradients gradients of the pre-activations r, z and x_n, overwritten
   * @param hiddenCandidateGradient gradient of hn, overwritten
   * @param previousGradient the direct part z·∂L/∂h of ∂L/∂h′, overwritten; must not be
   *     hiddenGradient
   */
  default void gruResetAfterStepGradient(
      GateActivations activations,
      GruGates gates,
      Tensor hiddenCandidate,
      Tensor previousHidden,
      Tensor hiddenGradient,
      GruGates gateGradients,
      Tensor hiddenCandidateGradient,
      Tensor previousGradient) {
    gruOutputGradient(
        activations, gates, previousHidden, hiddenGradient, gateGradients, previousGradient);
    binary(Binary.MULTIPLY, gateGradients.candidate(), hiddenCandidate, gateGradients.reset());
    activationGradient(
        activations.gate(), gates.reset(), gateGradients.reset(), gateGradients.reset());
    binary(Binary.MULTIPLY, gateGradients.candidate(), gates.reset(), hiddenCandidateGradient);
  }

  /**
   * Computes the first half of a GRU step with the reset gate before the product (Cho et al. 2014):
   * r = σ(·) and r · h′, the operand of the candidate's product.
   *
   * @param activations σ, φ
   * @param reset the pre-activation of r; the activated r on return
   * @param previousHidden h′
   * @param resetHidden r · h′, overwritten
   */
  default void gruReset(
      GateActivations activations, Tensor reset, Tensor previousHidden, Tensor resetHidden) {
    activation(activations.gate(), reset, reset);
    binary(Binary.MULTIPLY, reset, previousHidden, resetHidden);
  }

  /**
   * Computes the gradients of {@link #gruReset}.
   *
   * @param activations σ, φ
   * @param reset r, activated
   * @param previousHidden h′
   * @param resetHiddenGradient gradient of r · h′
   * @param resetGradient gradient of r's pre-activation, overwritten
   * @param previousGradient ∂L/∂h′, added to
   */
  default void gruResetGradient(
      GateActivations activations,
      Tensor reset,
      Tensor previousHidden,
      Tensor resetHiddenGradient,
      Tensor resetGradient,
      Tensor previousGradient) {
    binary(Binary.MULTIPLY, resetHiddenGradient, previousHidden, resetGradient);
    activationGradient(activations.gate(), reset, resetGradient, resetGradient);
    addProduct(resetHiddenGradient, reset, previousGradient);
  }

  /**
   * Computes the second half of a GRU step: z = σ(·), n = φ(·), h = (1 − z)·n + z·h′.
   *
   * @param activations σ, φ
   * @param gates the pre-activations of update and candidate, the activated gates on return; reset
   *     is not used
   * @param previousHidden h′
   * @param hidden h, overwritten; must not be h′
   */
  default void gruOutput(
      GateActivations activations, GruGates gates, Tensor previousHidden, Tensor hidden) {
    activation(activations.gate(), gates.update(), gates.update());
    activation(activations.candidate(), gates.candidate(), gates.candidate());
    binary(Binary.SUBTRACT, previousHidden, gates.candidate(), hidden);
    binary(Binary.MULTIPLY, hidden, gates.update(), hidden);
    binary(Binary.ADD, hidden, gates.candidate(), hidden);
  }

  /**
   * Computes the gradients of {@link #gruOutput}.
   *
   * @param activations σ, φ
   * @param gates the activated gates
   * @param previousHidden h′
   * @param hiddenGradient ∂L/∂h
   * @param gateGradients update and candidate, overwritten; reset is not used
   * @param previousGradient z·∂L/∂h, overwritten; must not be hiddenGradient
   */
  default void gruOutputGradient(
      GateActivations activations,
      GruGates gates,
      Tensor previousHidden,
      Tensor hiddenGradient,
      GruGates gateGradients,
      Tensor previousGradient) {
    binary(Binary.MULTIPLY, hiddenGradient, gates.update(), previousGradient);
    binary(Binary.SUBTRACT, hiddenGradient, previousGradient, gateGradients.candidate());
    activationGradient(
        activations.candidate(),
        gates.candidate(),
        gateGradients.candidate(),
        gateGradients.candidate());
    binary(Binary.SUBTRACT, previousHidden, gates.candidate(), gateGradients.update());
    binary(Binary.MULTIPLY, gateGradients.update(), hiddenGradient, gateGradients.update());
    activationGradient(
        activations.gate(), gates.update(), gateGradients.update(), gateGradients.update());
  }
}
