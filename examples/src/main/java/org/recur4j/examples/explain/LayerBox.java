package org.recur4j.examples.explain;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.network.Network;

/**
 * A layer as the pictures see it.
 *
 * @param label what stands in its box
 * @param direction which way it passes states on; null for a layer without states
 * @param perStep whether there is one of it for each step, false from where the sequence becomes
 *     one vector
 * @param isPooling whether it is what makes one vector of all steps
 */
record LayerBox(String label, Direction direction, boolean perStep, boolean isPooling) {
  boolean isRecurrent() {
    return direction != null;
  }

  /** First layer first. */
  static List<LayerBox> of(Network network) {
    List<LayerSpec> specs = network.architecture().layers();
    List<String> names = network.layerNames();
    int perStep = network.architecture().stepwiseLayers();
    List<LayerBox> stages = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      boolean pooling = specs.get(i) instanceof LayerSpec.Pooled;
      stages.add(
          new LayerBox(names.get(i), direction(specs.get(i)), i < perStep && !pooling, pooling));
    }
    return stages;
  }

  private static Direction direction(LayerSpec spec) {
    if (spec instanceof LayerSpec.Recurrent recurrent) {
      return recurrent.options().direction();
    }
    return null;
  }
}
