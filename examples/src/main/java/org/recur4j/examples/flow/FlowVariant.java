package org.recur4j.examples.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.models.cell.LayerNormalisedCell;
import org.recur4j.models.diagnosis.Remedy;
import org.recur4j.models.initialisation.RecurrentInitialisation;
import org.recur4j.models.layer.LayerSpec;
import org.recur4j.models.layer.RecurrentLayerSpec;
import org.recur4j.models.network.Architecture;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.Start;
import org.recur4j.models.network.Topology;
import org.recur4j.models.training.Example;

/**
 * One of the networks that are compared: the task's, with another cell, and at most one remedy.
 *
 * @param cell vanilla, LSTM or GRU
 * @param remedy what is tried; null for none
 */
public record FlowVariant(CellChoice cell, Remedy remedy) {
  private static final String NORMALISED = "layer-normalised";

  /** Refuses what has no recurrent cell. */
  public FlowVariant {
    if (cell == CellChoice.NONE) {
      throw new InvalidArgumentException(
          "gradient-flow", "cell none", "vanilla, lstm or gru", "Nothing flows through time");
    }
  }

  /**
   * What tables and pictures call it.
   *
   * @return e.g. {@code "vanilla + orthogonal"}
   */
  public String name() {
    return remedy == null ? cell.toString() : cell + " + " + remedy;
  }

  /** Whether sequences are cut into chunks. */
  boolean truncates() {
    return remedy == Remedy.TRUNCATED_BACKPROPAGATION;
  }

  /** The subject's network with this cell and remedy, fresh. */
  Network build(Backend backend, FlowSubject subject, FlowSettings settings) {
    Architecture base = subject.architecture();
    Map<String, Cell.Factory> cells = new HashMap<>();
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerSpec layer : base.layers()) {
      layers.add(
          layer instanceof RecurrentLayerSpec recurrent
              ? changed(recurrent, settings, cells)
              : layer);
    }
    boolean folds = base.topology() == Topology.MANY_TO_ONE;
    if (truncates() && folds && layers.stream().anyMatch(LayerSpec.Pooled.class::isInstance)) {
      throw new InvalidArgumentException(
          "gradient-flow " + subject.task(),
          "the remedy tbptt for a network that pools its steps",
          "one whose answer follows from the last step",
          "Leave this remedy out");
    }
    return Networks.of(
        backend,
        new Architecture(
            truncates() && folds ? Topology.MANY_TO_MANY : base.topology(),
            base.features(),
            base.dataType(),
            layers,
            base.answer()),
        cells,
        Start.STANDARD,
        settings.seed());
  }

  private LayerSpec changed(
      RecurrentLayerSpec base, FlowSettings settings, Map<String, Cell.Factory> cells) {
    RecurrentLayerSpec layer = cell.layer(base.hiddenSize()).with(base.options());
    layer = layer.initialisation(start(cell, settings));
    if (remedy == null) {
      return layer;
    }
    return switch (remedy) {
      case ORTHOGONAL -> layer.initialisation(RecurrentInitialisation.orthogonal(1));
      case IDENTITY ->
          layer.activation(Activation.RELU).initialisation(RecurrentInitialisation.identity(1));
      case GATED_CELL ->
          CellChoice.GRU
              .layer(base.hiddenSize())
              .with(base.options())
              .initialisation(start(CellChoice.GRU, settings));
      case LAYER_NORMALISATION -> {
        cells.put(NORMALISED, LayerNormalisedCell.factory(base.hiddenSize()));
        yield new LayerSpec.CustomCell(NORMALISED, layer.options());
      }
      case CLIPPING, TRUNCATED_BACKPROPAGATION -> layer;
    };
  }

  private static RecurrentInitialisation start(CellChoice cell, FlowSettings settings) {
    return settings.spectralRadius().isPresent()
        ? RecurrentInitialisation.orthogonal(settings.spectralRadius().getAsDouble())
        : settings.start().rule(cell);
  }

  /** Where every step has an answer, one answer for the whole sequence stands at its last step. */
  List<Example> examples(FlowSubject subject) {
    return truncates() && subject.architecture().topology() == Topology.MANY_TO_ONE
        ? subject.examples().stream().map(FlowVariant::aligned).toList()
        : subject.examples();
  }

  private static Example aligned(Example example) {
    int steps = example.indices() == null ? example.features().length : example.indices().length;
    int[] labels = null;
    float[][] values = null;
    if (example.labels() == null) {
      values = new float[steps][];
      values[steps - 1] = example.values()[0];
    } else {
      labels = new int[steps];
      java.util.Arrays.fill(labels, -1);
      labels[steps - 1] = example.labels()[0];
    }
    return new Example(example.indices(), example.features(), labels, values, example.mask());
  }
}
