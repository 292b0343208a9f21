package org.recur4j.models.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Decompositions;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.layer.LayerTrace;

/**
 * Accumulates the figures of one direction of a layer for the probe batch, from one trace or from
 * one per chunk.
 */
final class FlowMeter {
  private final Backend backend;
  private final int[] lengths;
  private final double[] squares;
  private final int[] rows;
  private final JacobianMeter jacobians = new JacobianMeter();
  private final SaturationMeter saturation = new SaturationMeter();
  private LayerTrace last;
  private double[] weights;

  /** Creates a meter for rows of the given lengths. */
  FlowMeter(Backend backend, int[] lengths) {
    this.backend = backend;
    this.lengths = lengths;
    int longest = Arrays.stream(lengths).max().orElse(0);
    this.squares = new double[longest];
    this.rows = new int[longest];
  }

  /** Adds a trace whose first step is step {@code from} of the sequences. */
  void add(LayerTrace trace, int from) {
    int size = trace.hiddenSize();
    int batch = trace.lengths().batch();
    for (int row = 0; row < batch; row++) {
      int length = trace.lengths().get(row);
      int behind = Math.max(0, lengths[row] - from - length);
      for (int back = 0; back < length && back + behind < squares.length; back++) {
        int place = (trace.time(row, back) * batch + row) * size;
        double sum = 0;
        for (int j = place; j < place + size; j++) {
          sum += trace.stateGradients()[j] * trace.stateGradients()[j];
        }
        squares[back + behind] += sum;
        rows[back + behind]++;
      }
    }
    last = trace;
    if (trace.planned() != null && weights == null) {
      weights = download(trace.planned().weights().weightHh());
    }
    double[] bias = trace.planned() == null ? null : bias(trace.planned());
    jacobians.add(trace, weights, bias);
    saturation.add(trace);
  }

  private double[] bias(LayerTrace.Planned planned) {
    Tensor bias = planned.weights().biasHh();
    return bias == null ? null : download(bias);
  }

  private double[] download(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  LayerFlow flow(Optional<Decompositions> decompositions) {
    double[] norms = new double[squares.length];
    int span = 0;
    for (int back = 0; back < norms.length; back++) {
      norms[back] = rows[back] == 0 ? 0 : Math.sqrt(squares[back] / rows[back]);
      span = rows[back] == 0 ? span : back + 1;
    }
    Decay decay = Decay.of(norms, span);
    CellKind cell = last.planned() == null ? null : last.planned().spec().cell();
    return new LayerFlow(
        last.layer(),
        last.reverse(),
        norms,
        decay,
        jacobians.norms(),
        decompositions.map(this::radii).orElse(List.of()),
        saturation.shares(),
        Diagnosis.of(decay, norms.length, cell));
  }

  /** Returns the spectral radius of each gate's weights, NaN if the weights are not finite. */
  private List<Double> radii(Decompositions decompositions) {
    List<Double> radii = new ArrayList<>();
    int size = last.hiddenSize();
    for (int from = 0; weights != null && from < weights.length; from += size * size) {
      double[] block = Arrays.copyOfRange(weights, from, from + size * size);
      boolean finite = Arrays.stream(block).allMatch(Double::isFinite);
      radii.add(finite ? decompositions.eigenvalueModuli(block, size)[0] : Double.NaN);
    }
    return radii;
  }
}
