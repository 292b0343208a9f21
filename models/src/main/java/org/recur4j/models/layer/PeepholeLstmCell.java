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
 * An LSTM whose gates also see the cell (F. A. Gers, J. Schmidhuber, "Recurrent nets that time and
 * count", 2000). With x the input, h′ and c′ the state before, and p one weight a unit:
 *
 * <pre>
 * i = σ(W_i x + U_i h′ + p_i·c′ + b_i)
 * f = σ(W_f x + U_f h′ + p_f·c′ + b_f)      or 1 − i where the gates are coupled
 * g = φ(W_g x + U_g h′ + b_g)
 * c = f·c′ + i·g
 * o = σ(W_o x + U_o h′ + p_o·c + b_o)       the output gate sees the new cell
 * h = o·ψ(c)
 * </pre>
 *
 * <p>This is also the ONNX operator LSTM with its input P. The sums in front of σ and φ may be
 * clipped. Gate rows are {@code i f g o}; the peepholes {@code weight_ch} [3·H] are {@code i f o}
 * and begin with zeros.
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
   * A cell.
   *
   * @param parameters where its parameters come from
   * @param spec sizes and variants
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
   * How a network builds it, for {@code cell("peephole", PeepholeLstmCell.factory(64))}. A model
   * file then asks for the factory; with {@code recurrent(PeepholeLstmSpec.of(64))} it does not.
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

  /** Columns of one gate. */
  private Tensor rows(Ops ops, Tensor z, int gate) {
    return ops.slice(z, 1, gate * hiddenSize(), (gate + 1) * hiddenSize());
  }

  /** p·c: one weight a unit. */
  private Tensor peephole(Ops ops, int which, Tensor c) {
    Tensor p = ops.slice(weightCh.value(), 0, which * hiddenSize(), (which + 1) * hiddenSize());
    return ops.multiply(c, p);
  }

  /** min(max(z, −clip), clip), as a hard sigmoid, which is clipped by definition. */
  private Tensor clipped(Ops ops, Tensor z) {
    if (Double.isInfinite(spec.clip())) {
      return z;
    }
    double width = 2 * spec.clip();
    Activation unit = new Activation(Activation.Kind.HARD_SIGMOID, 1 / width, 0.5);
    return ops.affine(width, ops.activate(unit, z), -spec.clip());
  }
}
