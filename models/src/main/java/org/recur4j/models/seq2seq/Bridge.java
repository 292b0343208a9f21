package org.recur4j.models.seq2seq;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.internal.assembly.ParameterFactory;
import org.recur4j.models.internal.layer.DenseLayer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;

/**
 * The mapping from the encoder's last states to the decoder's initial states. Layers correspond
 * counting from the top. A state is passed unchanged if cell, size and direction are the same;
 * otherwise it is tanh(W h + b) of the states of both directions, for h and for the c of an LSTM
 * alike (after Bahdanau et al. 2015, s_0 = tanh(W h_1)).
 */
final class Bridge {
  /**
   * The source of one decoder layer's state: the encoder layer and one dense layer per part, none
   * if the state is passed unchanged.
   */
  private record Span(int from, List<DenseLayer> parts) {}

  private final List<Span> spans = new ArrayList<>();

  Bridge(EncoderDecoderArchitecture architecture, ParameterFactory weights) {
    List<RecurrentLayerSpec> encoder = architecture.encoder();
    List<RecurrentLayerSpec> decoder = architecture.decoder();
    for (int i = 0; i < decoder.size(); i++) {
      int from = Math.max(0, encoder.size() - decoder.size() + i);
      spans.add(new Span(from, parts(encoder.get(from), decoder.get(i), weights, i)));
    }
  }

  private static List<DenseLayer> parts(
      RecurrentLayerSpec from, RecurrentLayerSpec to, ParameterFactory weights, int number) {
    List<DenseLayer> parts = new ArrayList<>();
    int inputs = from.direction().count() * from.hiddenSize();
    if (from.cell() == to.cell() && inputs == to.hiddenSize() && from.direction().count() == 1) {
      return parts;
    }
    String[] names =
        to.cell() == CellKind.LSTM ? new String[] {"hidden", "cell"} : new String[] {"hidden"};
    for (String name : names) {
      String full = "bridge." + name + "_l" + number;
      parts.add(
          new DenseLayer(
              weights.dense(full + ".weight", to.hiddenSize(), inputs),
              weights.denseBias(full + ".bias", to.hiddenSize(), inputs),
              Activation.TANH));
    }
    return parts;
  }

  List<Parameter> parameters() {
    return spans.stream()
        .flatMap(span -> span.parts().stream())
        .flatMap(part -> part.parameters().stream())
        .toList();
  }

  /** Returns the initial state of each decoder layer, parts {@code [1, B, H]}. */
  List<State> initialStates(LayerContext run, List<State> last) {
    List<State> states = new ArrayList<>();
    for (Span span : spans) {
      State from = last.get(span.from());
      states.add(span.parts().isEmpty() ? from : initialState(run, span, from));
    }
    return states;
  }

  private static State initialState(LayerContext run, Span span, State from) {
    Ops ops = run.ops();
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < span.parts().size(); i++) {
      // The c of an LSTM is computed from the h of an encoder that has no c.
      Tensor part = from.parts().get(Math.min(i, from.parts().size() - 1));
      int batch = part.extent(1);
      Tensor rows = part.extent(0) == 1 ? part : ops.transpose(part);
      Tensor flat = ops.reshape(rows, batch, part.extent(0) * part.extent(2));
      Tensor first = span.parts().get(i).forward(run, new LayerOutput(flat, null)).values();
      parts.add(ops.reshape(first, 1, batch, first.extent(1)));
    }
    return new State(parts);
  }
}
