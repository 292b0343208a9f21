package org.recur4j.models.network;

import org.recur4j.api.cell.Cell;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.layer.CustomLayer;

/**
 * A builder of networks that read whole sequences, so that layers may be bidirectional.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class WholeSequenceBuilder<B extends WholeSequenceBuilder<B>>
    extends SequenceBuilder<B> permits ManyToOneBuilder, ManyToManyBuilder {
  WholeSequenceBuilder(Topology topology) {
    super(topology);
  }

  /**
   * Adds a bidirectional recurrent layer that concatenates the outputs of both directions.
   *
   * @param spec the layer's description, for example {@code lstm(64)}, which gives 128 features
   * @return this
   */
  public B bidirectional(LayerSpec.Recurrent spec) {
    InvalidArgumentException.requireGiven(spec, "bidirectional", "layer");
    return recurrent(spec.with(spec.options().direction(Direction.BIDIRECTIONAL)));
  }

  /**
   * Adds a bidirectional recurrent layer.
   *
   * @param spec the layer's description, for example {@code lstm(64)}
   * @param merge how the outputs of both directions are merged; all but CONCATENATE keep 64
   *     features
   * @return this
   */
  public B bidirectional(LayerSpec.Recurrent spec, Merge merge) {
    InvalidArgumentException.requireGiven(spec, "bidirectional", "layer");
    return recurrent(spec.with(spec.options().merge(merge)));
  }

  /**
   * Adds a custom layer, which has no state and sees all steps at once. Sessions refuse a network
   * with such a layer, because they run step by step.
   *
   * @param name the name of the factory in model files
   * @param factory creates the layer for a given input size
   * @return this
   */
  public B layer(String name, CustomLayer.Factory factory) {
    LayerSpec.Custom layer = new LayerSpec.Custom(name);
    blueprint().add(layer, InvalidArgumentException.requireGiven(factory, "layer", "factory"));
    return self();
  }

  /**
   * Adds a recurrent layer with a custom cell.
   *
   * @param name the name of the factory in model files
   * @param bidirectional whether a second cell runs in reverse
   * @param factory creates a cell for each direction for a given input size
   * @return this
   */
  public B cell(String name, boolean bidirectional, Cell.Factory factory) {
    Direction direction = bidirectional ? Direction.BIDIRECTIONAL : Direction.FORWARD;
    return cell(name, RecurrentOptions.of(direction), factory);
  }
}
