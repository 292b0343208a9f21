package org.recur4j.models.internal.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.internal.layer.Layer;

/** What is the same wherever recurrent layers are run at another precision. */
public final class LowPrecisionLayers {
  private LowPrecisionLayers() {}

  /**
   * The same layers; the recurrent ones through plans of another precision.
   *
   * @param model what they belong to, for errors
   * @param layers with recurrent ones among them
   * @param precision how products round
   * @param backend where they live
   * @param dataType of the weights
   * @param <L> kind of layer
   * @return as many; close the recurrent ones
   * @throws InvalidArgumentException at another precision than FULL if no layer is recurrent, the
   *     type is not FLOAT32, or the backend lacks kernels
   */
  public static <L extends Layer> List<L> layers(
      String model, List<L> layers, Precision precision, Backend backend, DataType dataType) {
    if (precision != Precision.FULL && dataType != DataType.FLOAT32) {
      throw new InvalidArgumentException(
          model + " at " + precision,
          "weights of " + dataType,
          DataType.FLOAT32.toString(),
          "Leave it at FULL: " + dataType + " is for checks, where every digit counts");
    }
    List<L> all = new ArrayList<>();
    boolean complete = false;
    try {
      for (L layer : layers) {
        all.add(layer(layer, precision, backend));
      }
      complete = true;
    } finally {
      if (!complete) {
        all.stream().filter(RecurrentLayer.class::isInstance).forEach(Layer::close);
      }
    }
    if (precision != Precision.FULL && all.stream().noneMatch(RecurrentLayer.class::isInstance)) {
      throw new InvalidArgumentException(
          model + " at " + precision,
          "no recurrent layer",
          "at least one, whose weights are packed",
          "Use the network as it is");
    }
    return List.copyOf(all);
  }

  @SuppressWarnings("unchecked") // A recurrent layer for a recurrent layer.
  private static <L extends Layer> L layer(L layer, Precision precision, Backend backend) {
    return layer instanceof RecurrentLayer recurrent ? (L) recurrent.at(precision, backend) : layer;
  }

  /**
   * Refuses to train or to trace.
   *
   * @param model what shall run
   * @param precision null where it may run in every mode
   * @param mode in which it shall run
   */
  public static void check(String model, Precision precision, Mode mode) {
    if (precision != null && mode != Mode.INFERENCE) {
      throw new InvalidArgumentException(
          mode.name().toLowerCase(Locale.ROOT) + " of the " + model + " at " + precision,
          "weights that are packed for inference",
          "the " + model + " that at(" + precision + ") was called on",
          "Train that one; refresh() then packs the new weights here");
    }
  }
}
