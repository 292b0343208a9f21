package org.recur4j.models.architecture;

/**
 * One method for each kind of layer, so that the compiler names every place that a new kind needs.
 *
 * @param <R> what is made of a description
 */
public interface LayerVisitor<R> {
  /**
   * A table.
   *
   * @param spec its description
   * @return what is made of it
   */
  R embedding(LayerSpec.Embedding spec);

  /**
   * Random zeros.
   *
   * @param spec its description
   * @return what is made of it
   */
  R dropout(LayerSpec.Dropout spec);

  /**
   * A dense layer.
   *
   * @param spec its description
   * @return what is made of it
   */
  R dense(LayerSpec.Dense spec);

  /**
   * A sequence folded into one vector.
   *
   * @param spec its description
   * @return what is made of it
   */
  R pooled(LayerSpec.Pooled spec);

  /**
   * Layer normalization.
   *
   * @param spec its description
   * @return what is made of it
   */
  R normalized(LayerSpec.Normalized spec);

  /**
   * A layer of the user's own.
   *
   * @param spec its description
   * @return what is made of it
   */
  R customLayer(LayerSpec.Custom spec);

  /**
   * A recurrent layer of reference cells.
   *
   * @param spec its description
   * @return what is made of it
   */
  R recurrent(RecurrentLayerSpec spec);

  /**
   * A recurrent layer of cells with peepholes.
   *
   * @param spec its description
   * @return what is made of it
   */
  R peephole(PeepholeLstmSpec spec);

  /**
   * A recurrent layer over a cell of the user's own.
   *
   * @param spec its description
   * @return what is made of it
   */
  R customCell(LayerSpec.CustomCell spec);
}
