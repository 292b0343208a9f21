package org.recur4j.examples.explain;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;

/** Finds the numbers of one step: what came into the layer, and its weights. */
final class Numbering {
  private Numbering() {}

  static StepNumbers of(Network network, SequenceBatch sequence, Focus focus) {
    List<LayerSpec> specs = network.architecture().layers();
    int recurrent = -1;
    for (int place = 0; place < specs.size(); place++) {
      if (specs.get(place) instanceof LayerSpec.Recurrent) {
        recurrent++;
      }
      if (recurrent == focus.layer()) {
        if (!(specs.get(place) instanceof RecurrentLayerSpec layer)) {
          throw refuse("another cell", "a vanilla, LSTM or GRU layer");
        }
        return numbers(network, sequence, focus, place, layer);
      }
    }
    throw refuse("recurrent layer " + focus.layer(), "a layer below " + (recurrent + 1));
  }

  private static StepNumbers numbers(
      Network network, SequenceBatch sequence, Focus focus, int place, RecurrentLayerSpec layer) {
    boolean backwards = layer.direction() == Direction.REVERSE || focus.reverse();
    if (focus.reverse() && layer.direction() == Direction.FORWARD) {
      throw refuse("the reverse direction of a forward layer", "a direction that it has");
    }
    double[] inputs = network.inputsOf(place, sequence);
    int steps = sequence.lengths().get(0);
    RecurrentSpec spec =
        layer
            .direction(backwards ? Direction.REVERSE : Direction.FORWARD)
            .toSpec(inputs.length / steps, DataType.FLOAT64);
    String suffix = "_l" + focus.layer() + (backwards ? "_reverse" : "");
    NaiveWeights weights =
        new NaiveWeights(
            download(network, "rnn.weight_ih" + suffix),
            download(network, "rnn.weight_hh" + suffix),
            download(network, "rnn.bias_ih" + suffix),
            download(network, "rnn.bias_hh" + suffix));
    int direction = layer.direction() == Direction.BIDIRECTIONAL && backwards ? 1 : 0;
    return StepNumbers.of(
        spec,
        weights,
        initial(network, "h", focus.layer(), direction, spec.hiddenSize()),
        initial(network, "c", focus.layer(), direction, spec.hiddenSize()),
        inputs,
        focus.step());
  }

  /** One direction's part of a trained initial state; null where states begin at zero. */
  private static double[] initial(
      Network network, String part, int layer, int direction, int size) {
    double[] all = download(network, "rnn." + part + "_0_l" + layer);
    return all == null ? null : Arrays.copyOfRange(all, direction * size, (direction + 1) * size);
  }

  /** Null where there is no such parameter. */
  private static double[] download(Network network, String name) {
    for (Parameter parameter : network.parameters()) {
      if (parameter.name().equals(name)) {
        return download(network.backend(), parameter.value());
      }
    }
    return null;
  }

  private static double[] download(Backend backend, Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException("explain", got, expected, "Look at another layer");
  }
}
