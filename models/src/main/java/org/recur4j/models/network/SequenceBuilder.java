package org.recur4j.models.network;

import org.recur4j.api.cell.Cell;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.architecture.Topology;

/**
 * A builder of networks over sequences, which may have recurrent layers.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class SequenceBuilder<B extends SequenceBuilder<B>> extends NetworkBuilder<B>
    permits OneToManyBuilder, WholeSequenceBuilder {
  SequenceBuilder(Topology topology) {
    super(new Blueprint(topology));
  }

  /**
   * Adds a recurrent layer.
   *
   * @param spec the layer's description, for example {@code lstm(64)}; forward unless it says
   *     otherwise
   * @return this
   */
  public B recurrent(LayerSpec.Recurrent spec) {
    return with(InvalidArgumentException.requireGiven(spec, "recurrent", "layer"));
  }

  /**
   * Adds dropout with one mask for all steps of a sequence (Gal &amp; Ghahramani 2016) to the
   * output of the layer before, or to the inputs if it is the first layer.
   *
   * @param rate in [0, 1)
   * @return this
   */
  public B variationalDropout(double rate) {
    return with(new LayerSpec.Dropout(rate, true));
  }

  /**
   * Adds a forward recurrent layer with a custom cell.
   *
   * @param name the name of the factory in model files
   * @param factory creates the cell for a given input size
   * @return this
   */
  public B cell(String name, Cell.Factory factory) {
    return cell(name, RecurrentOptions.of(Direction.FORWARD), factory);
  }

  /**
   * Adds a recurrent layer with a custom cell and options.
   *
   * @param name the name of the factory in model files
   * @param options direction, merge, recurrent dropout, initial state and weights
   * @param factory creates a cell for each direction for a given input size
   * @return this
   */
  public B cell(String name, RecurrentOptions options, Cell.Factory factory) {
    LayerSpec.CustomCell layer = new LayerSpec.CustomCell(name, options);
    blueprint().add(layer, InvalidArgumentException.requireGiven(factory, "cell", "factory"));
    return self();
  }
}
