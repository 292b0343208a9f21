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
 * Networks whose whole input is there from the start, so that a layer may also read it backwards.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class WholeSequenceBuilder<B extends WholeSequenceBuilder<B>>
    extends SequenceBuilder<B> permits ManyToOneBuilder, ManyToManyBuilder {
  WholeSequenceBuilder(Topology topology) {
    super(topology);
  }

  /**
   * A recurrent layer in both directions.
   *
   * @param spec e.g. {@code lstm(64)}: 128 features
   * @return this
   */
  public B bidirectional(LayerSpec.Recurrent spec) {
    InvalidArgumentException.requireGiven(spec, "bidirectional", "layer");
    return recurrent(spec.with(spec.options().direction(Direction.BIDIRECTIONAL)));
  }

  /**
   * A recurrent layer in both directions, their outputs merged.
   *
   * @param spec e.g. {@code lstm(64)}
   * @param merge how: all but CONCATENATE keep 64 features
   * @return this
   */
  public B bidirectional(LayerSpec.Recurrent spec, Merge merge) {
    InvalidArgumentException.requireGiven(spec, "bidirectional", "layer");
    return recurrent(spec.with(spec.options().merge(merge)));
  }

  /**
   * A layer of your own, which has no state but sees all steps at once. Sessions refuse the
   * network, because they step.
   *
   * @param name under which a model file refers to it
   * @param factory builds the layer once the size of its input is known
   * @return this
   */
  public B layer(String name, CustomLayer.Factory factory) {
    LayerSpec.Custom layer = new LayerSpec.Custom(name);
    blueprint().add(layer, InvalidArgumentException.requireGiven(factory, "layer", "factory"));
    return self();
  }

  /**
   * A recurrent layer over a cell of your own.
   *
   * @param name under which a model file refers to it
   * @param bidirectional whether a second cell reads backwards
   * @param factory builds the cell once the size of its input is known
   * @return this
   */
  public B cell(String name, boolean bidirectional, Cell.Factory factory) {
    Direction direction = bidirectional ? Direction.BIDIRECTIONAL : Direction.FORWARD;
    return cell(name, RecurrentOptions.of(direction), factory);
  }
}
