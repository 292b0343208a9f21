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

/** Creation and checks of recurrent layers at another precision, shared by all kinds of models. */
public final class LowPrecisionLayers {
  private LowPrecisionLayers() {}

  /**
   * Returns the same layers, with the recurrent ones running through plans of another precision.
   *
   * @param model kind of model, for messages
   * @param layers layers, of which at least one is recurrent
   * @param precision precision of matrix products
   * @param backend backend of the layers
   * @param dataType type of the weights
   * @param <L> kind of layer
   * @return one layer per given layer; the caller closes the recurrent ones
   * @throws InvalidArgumentException for a precision other than FULL, if no layer is recurrent, the
   *     type is not FLOAT32, or the backend lacks kernels
   */
  public static <L extends Layer> List<L> layers(
      String model, List<L> layers, Precision precision, Backend backend, DataType dataType) {
    if (precision != Precision.FULL && dataType != DataType.FLOAT32) {
      throw new InvalidArgumentException(
          model + " at " + precision,
          "weights of " + dataType,
          DataType.FLOAT32.toString(),
          "Use FULL, because " + dataType + " is meant for checks that need all digits");
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
          "Use the network at full precision");
    }
    return List.copyOf(all);
  }

  @SuppressWarnings("unchecked") // at() of a recurrent layer returns a recurrent layer.
  private static <L extends Layer> L layer(L layer, Precision precision, Backend backend) {
    return layer instanceof RecurrentLayer recurrent ? (L) recurrent.at(precision, backend) : layer;
  }

  /**
   * Refuses to train or to trace a model at another precision.
   *
   * @param model kind of model, for messages
   * @param precision precision of the model; null if it may run in every mode
   * @param mode requested mode
   */
  public static void check(String model, Precision precision, Mode mode) {
    if (precision != null && mode != Mode.INFERENCE) {
      throw new InvalidArgumentException(
          mode.name().toLowerCase(Locale.ROOT) + " of the " + model + " at " + precision,
          "weights that are packed for inference",
          "the " + model + " that at(" + precision + ") was called on",
          "Train that model; refresh() then packs the new weights of this one");
    }
  }
}
