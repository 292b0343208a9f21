package org.recur4j.models.layer;

import java.util.Map;
import org.recur4j.api.cell.Cell;

/**
 * The factories of a network's custom cells and layers, by their names in model files.
 *
 * @param cells factories of cells
 * @param layers factories of layers
 */
public record Factories(Map<String, Cell.Factory> cells, Map<String, CustomLayer.Factory> layers) {
  /** Copies both maps. */
  public Factories {
    cells = Map.copyOf(cells);
    layers = Map.copyOf(layers);
  }

  /**
   * Returns factories of cells only.
   *
   * @param cells factories by name
   * @return the factories
   */
  public static Factories ofCells(Map<String, Cell.Factory> cells) {
    return new Factories(cells, Map.of());
  }

  /**
   * Returns factories of layers only.
   *
   * @param layers factories by name
   * @return the factories
   */
  public static Factories ofLayers(Map<String, CustomLayer.Factory> layers) {
    return new Factories(Map.of(), layers);
  }
}
