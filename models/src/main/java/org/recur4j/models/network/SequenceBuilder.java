package org.recur4j.models.network;

import org.recur4j.api.cell.Cell;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.architecture.Topology;

/**
 * Networks over sequences: recurrent layers.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class SequenceBuilder<B extends SequenceBuilder<B>> extends NetworkBuilder<B>
    permits OneToManyBuilder, WholeSequenceBuilder {
  SequenceBuilder(Topology topology) {
    super(new Blueprint(topology));
  }

  /**
   * A recurrent layer in the direction its description says: forward, unless changed.
   *
   * @param spec e.g. {@code lstm(64)}
   * @return this
   */
  public B recurrent(LayerSpec.Recurrent spec) {
    return with(InvalidArgumentException.requireGiven(spec, "recurrent", "layer"));
  }

  /**
   * Dropout with one mask for all steps of a sequence (Gal &amp; Ghahramani 2016) on what the layer
   * before gives; as the first layer, on the inputs.
   *
   * @param rate in [0, 1)
   * @return this
   */
  public B variationalDropout(double rate) {
    return with(new LayerSpec.Dropout(rate, true));
  }

  /**
   * A forward recurrent layer over a cell of your own.
   *
   * @param name under which a model file refers to it
   * @param factory builds the cell once the size of its input is known
   * @return this
   */
  public B cell(String name, Cell.Factory factory) {
    return cell(name, RecurrentOptions.of(Direction.FORWARD), factory);
  }

  /**
   * A recurrent layer over a cell of your own, surrounded as you like.
   *
   * @param name under which a model file refers to it
   * @param options direction, merge, recurrent dropout, initial state and weights
   * @param factory builds a cell for each direction once the size of its input is known
   * @return this
   */
  public B cell(String name, RecurrentOptions options, Cell.Factory factory) {
    LayerSpec.CustomCell layer = new LayerSpec.CustomCell(name, options);
    blueprint().add(layer, InvalidArgumentException.requireGiven(factory, "cell", "factory"));
    return self();
  }
}
