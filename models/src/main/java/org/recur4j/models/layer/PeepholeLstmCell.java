package org.recur4j.models.layer;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.cell.State;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.PeepholeLstmSpec;

/**
 * An LSTM cell with peephole connections (F. A. Gers, J. Schmidhuber, "Recurrent nets that time and
 * count", 2000). With x the input, h′ and c′ the previous state, and p one weight per unit:
 *
 * <pre>
 * i = σ(W_i x + U_i h′ + p_i·c′ + b_i)
 * f = σ(W_f x + U_f h′ + p_f·c′ + b_f)      or 1 − i where the gates are coupled
 * g = φ(W_g x + U_g h′ + b_g)
 * c = f·c′ + i·g
 * o = σ(W_o x + U_o h′ + p_o·c + b_o)       the output gate reads the new cell state
 * h = o·ψ(c)
 * </pre>
 *
 * <p>This is the ONNX operator LSTM with its input P. The arguments of σ and φ may be clipped. Gate
 * rows are in the order {@code i f g o}; the peephole weights {@code weight_ch} [3·H] are in the
 * order {@code i f o} and are initialized to zeros.
 */
public final class PeepholeLstmCell implements Cell {
  private static final int GATES = 4;
  private static final int PEEPHOLES = 3;

  private final PeepholeLstmSpec spec;
  private final Parameter weightIh;
  private final Parameter weightHh;
  private final Parameter weightCh;
  private final Parameter bias;

  /**
   * Creates a cell.
   *
   * @param parameters the source of its parameters
   * @param spec the hidden size and variants
   * @param inputSize I
   */
  public PeepholeLstmCell(Parameters parameters, PeepholeLstmSpec spec, int inputSize) {
    this.spec = spec;
    int size = spec.hiddenSize();
    weightIh = parameters.input("weight_ih", GATES, size, inputSize);
    weightHh = parameters.recurrent("weight_hh", GATES, size);
    weightCh = parameters.bias("weight_ch", new float[PEEPHOLES * size]);
    float[] forget = new float[GATES * size];
    Arrays.fill(forget, size, 2 * size, 1f);
    bias = parameters.bias("bias", forget);
  }

  /**
   * Returns a factory for {@code cell("peephole", PeepholeLstmCell.factory(64))}. Reading the model
   * file then needs the factory; with {@code recurrent(PeepholeLstmSpec.of(64))} it does not.
   *
   * @param hiddenSize H
   * @return a factory
   */
  public static Cell.Factory factory(int hiddenSize) {
    PeepholeLstmSpec spec = PeepholeLstmSpec.of(hiddenSize);
    return (parameters, inputSize) -> new PeepholeLstmCell(parameters, spec, inputSize);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weightIh, weightHh, weightCh, bias);
  }

  @Override
  public int hiddenSize() {
    return spec.hiddenSize();
  }

  @Override
  public State initialState(Ops ops, int batch) {
    return State.of(
        ops.zeros(weightIh.value().dataType(), batch, hiddenSize()),
        ops.zeros(weightIh.value().dataType(), batch, hiddenSize()));
  }

  @Override
  public State step(Ops ops, Tensor x, State previous) {
    Tensor before = previous.parts().get(1);
    Tensor z =
        ops.add(
            ops.linear(x, weightIh.value(), bias.value()),
            ops.linear(previous.hidden(), weightHh.value(), null));
    Tensor i = gate(ops, ops.add(rows(ops, z, 0), peephole(ops, 0, before)));
    Tensor f =
        spec.coupled()
            ? ops.oneMinus(i)
            : gate(ops, ops.add(rows(ops, z, 1), peephole(ops, 1, before)));
    Tensor g = ops.activate(spec.activation(), clipped(ops, rows(ops, z, 2)));
    Tensor c = ops.add(ops.multiply(f, before), ops.multiply(i, g));
    Tensor o = gate(ops, ops.add(rows(ops, z, 3), peephole(ops, 2, c)));
    return State.of(ops.multiply(o, ops.activate(spec.outputActivation(), c)), c);
  }

  private Tensor gate(Ops ops, Tensor sums) {
    return ops.activate(spec.gateActivation(), clipped(ops, sums));
  }

  /** Returns the columns of one gate. */
  private Tensor rows(Ops ops, Tensor z, int gate) {
    return ops.slice(z, 1, gate * hiddenSize(), (gate + 1) * hiddenSize());
  }

  /** Returns p·c, with one weight per unit. */
  private Tensor peephole(Ops ops, int which, Tensor c) {
    Tensor p = ops.slice(weightCh.value(), 0, which * hiddenSize(), (which + 1) * hiddenSize());
    return ops.multiply(c, p);
  }

  /** Returns min(max(z, −clip), clip), computed as a scaled hard sigmoid. */
  private Tensor clipped(Ops ops, Tensor z) {
    if (Double.isInfinite(spec.clip())) {
      return z;
    }
    double width = 2 * spec.clip();
    Activation unit = new Activation(Activation.Kind.HARD_SIGMOID, 1 / width, 0.5);
    return ops.affine(width, ops.activate(unit, z), -spec.clip());
  }
}
