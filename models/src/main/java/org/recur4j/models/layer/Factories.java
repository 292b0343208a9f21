package org.recur4j.models.layer;

import java.util.Map;
import org.recur4j.api.cell.Cell;

/**
 * What builds the parts of a network that are the user's own, under the names by which a model file
 * refers to them.
 *
 * @param cells of recurrent layers
 * @param layers all other
 */
public record Factories(Map<String, Cell.Factory> cells, Map<String, CustomLayer.Factory> layers) {
  /** Copies both. */
  public Factories {
    cells = Map.copyOf(cells);
    layers = Map.copyOf(layers);
  }

  /**
   * Cells alone.
   *
   * @param cells by name
   * @return the factories
   */
  public static Factories ofCells(Map<String, Cell.Factory> cells) {
    return new Factories(cells, Map.of());
  }

  /**
   * Layers alone.
   *
   * @param layers by name
   * @return the factories
   */
  public static Factories ofLayers(Map<String, CustomLayer.Factory> layers) {
    return new Factories(Map.of(), layers);
  }
}
