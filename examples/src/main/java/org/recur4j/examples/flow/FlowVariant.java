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
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.Example;
import org.recur4j.models.diagnosis.Remedy;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.layer.Factories;
import org.recur4j.models.layer.LayerNormalizedCell;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/**
 * One of the networks that are compared: the task's, with another cell and with remedies.
 *
 * @param cell vanilla, LSTM or GRU
 * @param remedies what is tried, together; none for the cell as it is
 */
public record FlowVariant(CellChoice cell, List<Remedy> remedies) {
  private static final String NORMALIZED = "layer-normalized";

  /** Refuses what has no recurrent cell, and two cells at once. */
  public FlowVariant {
    remedies = List.copyOf(remedies);
    if (remedies.containsAll(List.of(Remedy.GATED_CELL, Remedy.LAYER_NORMALIZATION))
        || remedies.containsAll(List.of(Remedy.GATED_CELL, Remedy.IDENTITY))
        || remedies.containsAll(List.of(Remedy.LAYER_NORMALIZATION, Remedy.IDENTITY))
        || remedies.containsAll(List.of(Remedy.ORTHOGONAL, Remedy.IDENTITY))) {
      throw new InvalidArgumentException(
          "gradient-flow",
          "the remedies " + remedies + " together",
          "at most one other cell and one way to begin",
          "Try them one by one, joined by a comma");
    }
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
    StringBuilder name = new StringBuilder(cell.toString());
    remedies.forEach(remedy -> name.append(" + ").append(remedy));
    return name.toString();
  }

  /** Whether sequences are cut into chunks. */
  boolean truncates() {
    return remedies.contains(Remedy.TRUNCATED_BACKPROPAGATION);
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
        Factories.ofCells(cells),
        InitialWeights.STANDARD,
        settings.seed());
  }

  private LayerSpec changed(
      RecurrentLayerSpec base, FlowSettings settings, Map<String, Cell.Factory> cells) {
    boolean gated = remedies.contains(Remedy.GATED_CELL);
    CellChoice chosen = gated ? CellChoice.GRU : cell;
    RecurrentLayerSpec layer =
        chosen
            .layer(base.hiddenSize())
            .with(base.options())
            .initialization(start(chosen, settings));
    if (remedies.contains(Remedy.IDENTITY)) {
      layer = layer.activation(Activation.RELU).initialization(RecurrentInitialization.identity(1));
    }
    if (remedies.contains(Remedy.ORTHOGONAL)) {
      layer = layer.initialization(RecurrentInitialization.orthogonal(1));
    }
    if (remedies.contains(Remedy.LAYER_NORMALIZATION)) {
      cells.put(NORMALIZED, LayerNormalizedCell.factory(base.hiddenSize()));
      return new LayerSpec.CustomCell(NORMALIZED, layer.options());
    }
    return layer;
  }

  private static RecurrentInitialization start(CellChoice cell, FlowSettings settings) {
    return settings.spectralRadius().isPresent()
        ? RecurrentInitialization.orthogonal(settings.spectralRadius().getAsDouble())
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
