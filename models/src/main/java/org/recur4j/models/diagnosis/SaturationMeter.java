package org.recur4j.models.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.models.layer.LayerTrace;

/** Counts the saturated gate values over steps, rows and units. */
final class SaturationMeter {
  private RecurrentSpec spec;
  private long[] low;
  private long[] high;
  private long count;

  /** Adds the valid steps; has no effect if the layer runs step by step. */
  void add(LayerTrace trace) {
    LayerTrace.Planned planned = trace.planned();
    if (planned == null) {
      return;
    }
    if (spec == null) {
      spec = planned.spec();
      low = new long[spec.gates()];
      high = new long[spec.gates()];
    }
    int batch = trace.lengths().batch();
    int size = trace.hiddenSize();
    for (int row = 0; row < batch; row++) {
      for (int t = 0; t < trace.lengths().get(row); t++) {
        count += size;
        for (int g = 0; g < spec.gates(); g++) {
          int from = ((t * batch + row) * spec.gates() + g) * size;
          double shut = activation(g).equals(Activation.TANH) ? -OPEN : GateSaturation.SHUT;
          for (int j = from; j < from + size; j++) {
            low[g] += planned.gates()[j] < shut ? 1 : 0;
            high[g] += planned.gates()[j] > OPEN ? 1 : 0;
          }
        }
      }
    }
  }

  private static final double OPEN = GateSaturation.OPEN;

  /** Returns the saturation of each sigmoid or tanh gate, in the stored order. */
  List<GateSaturation> shares() {
    List<GateSaturation> shares = new ArrayList<>();
    for (int g = 0; spec != null && count > 0 && g < spec.gates(); g++) {
      Activation activation = activation(g);
      if (activation.equals(Activation.TANH) || activation.equals(Activation.SIGMOID)) {
        shares.add(new GateSaturation(name(g), (double) low[g] / count, (double) high[g] / count));
      }
    }
    return shares;
  }

  private String name(int gate) {
    return letters(spec).substring(gate, gate + 1);
  }

  private static String letters(RecurrentSpec spec) {
    return switch (spec.cell()) {
      case VANILLA -> "h";
      case LSTM -> "ifgo";
      case GRU -> "rzn";
    };
  }

  /**
   * Returns the activation of a gate; candidates and the vanilla cell's state have one of their
   * own.
   */
  private Activation activation(int gate) {
    boolean candidate = "hgn".contains(name(gate));
    return candidate ? spec.activation() : spec.gateActivation();
  }
}
