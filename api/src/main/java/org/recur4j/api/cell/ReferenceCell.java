package org.recur4j.api.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Tensor;

/** The base class of the three reference cells, with PyTorch's four tensors and a specification. */
public abstract sealed class ReferenceCell implements Cell permits VanillaCell, LstmCell, GruCell {
  private final RecurrentSpec spec;
  private final Parameter weightIh;
  private final Parameter weightHh;
  private final Parameter biasIh;
  private final Parameter biasHh;

  ReferenceCell(Parameters parameters, RecurrentSpec spec) {
    this.spec = spec;
    int gates = spec.gates();
    int size = spec.hiddenSize();
    weightIh = parameters.input("weight_ih", gates, size, spec.inputSize());
    weightHh = parameters.recurrent("weight_hh", gates, size);
    biasIh = spec.biases() == Biases.NONE ? null : parameters.bias("bias_ih", initialBias());
    biasHh =
        spec.biases() == Biases.DOUBLE ? parameters.bias("bias_hh", new float[gates * size]) : null;
  }

  /** Returns zeros, and 1 for an LSTM's forget gate (Gers et al. 2000; Jozefowicz et al. 2015). */
  private float[] initialBias() {
    float[] bias = new float[spec.gates() * spec.hiddenSize()];
    if (spec.cell() == CellKind.LSTM) {
      java.util.Arrays.fill(bias, spec.hiddenSize(), 2 * spec.hiddenSize(), 1f);
    }
    return bias;
  }

  /**
   * Creates the cell of a specification.
   *
   * @param parameters the source of its parameters
   * @param spec the specification of one direction
   * @return a vanilla, LSTM or GRU cell
   */
  public static ReferenceCell of(Parameters parameters, RecurrentSpec spec) {
    return switch (spec.cell()) {
      case VANILLA -> new VanillaCell(parameters, spec);
      case LSTM -> new LstmCell(parameters, spec);
      case GRU -> new GruCell(parameters, spec);
    };
  }

  /**
   * Returns the specification of the cell.
   *
   * @return the specification
   */
  public final RecurrentSpec spec() {
    return spec;
  }

  @Override
  public final List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(List.of(weightIh, weightHh));
    if (biasIh != null) {
      all.add(biasIh);
    }
    if (biasHh != null) {
      all.add(biasHh);
    }
    return List.copyOf(all);
  }

  @Override
  public final int hiddenSize() {
    return spec.hiddenSize();
  }

  @Override
  public State initialState(Ops ops, int batch) {
    return State.of(ops.zeros(spec.dataType(), batch, spec.hiddenSize()));
  }

  @Override
  public final Optional<Fusable> fusable() {
    return Optional.of(
        new Fusable(
            spec,
            new DirectionWeights(
                weightIh.value(), weightHh.value(), value(biasIh), value(biasHh))));
  }

  /** Returns W_ih x + b_ih for all gates at once. */
  final Tensor inputPart(Ops ops, Tensor x) {
    return ops.linear(x, weightIh.value(), value(biasIh));
  }

  /** Returns W_hh h + b_hh for all gates at once. */
  final Tensor recurrentPart(Ops ops, Tensor h) {
    return ops.linear(h, weightHh.value(), value(biasHh));
  }

  /** Returns the product of h with one gate's rows of W_hh, plus its bias. */
  final Tensor recurrentGate(Ops ops, Tensor h, int gate) {
    int from = gate * hiddenSize();
    int to = from + hiddenSize();
    Tensor bias = biasHh == null ? null : ops.slice(biasHh.value(), 0, from, to);
    return ops.linear(h, ops.slice(weightHh.value(), 0, from, to), bias);
  }

  /** Returns the columns of one gate. */
  final Tensor gate(Ops ops, Tensor z, int gate) {
    return ops.slice(z, 1, gate * hiddenSize(), (gate + 1) * hiddenSize());
  }

  /** Returns the activation of the candidate. */
  final Activation phi() {
    return spec.activation();
  }

  /** Returns the activation of the gates. */
  final Activation sigma() {
    return spec.gateActivation();
  }

  private static Tensor value(Parameter parameter) {
    return parameter == null ? null : parameter.value();
  }
}
