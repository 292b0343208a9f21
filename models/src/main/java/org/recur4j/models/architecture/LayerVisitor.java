package org.recur4j.models.architecture;

/**
 * A visitor of layer descriptions. It has one method for each kind of layer, so that the compiler
 * reports every class that does not handle a new kind.
 *
 * @param <R> the type of the result
 */
public interface LayerVisitor<R> {
  /**
   * Visits an embedding.
   *
   * @param spec the description
   * @return the result
   */
  R embedding(LayerSpec.Embedding spec);

  /**
   * Visits a dropout layer.
   *
   * @param spec the description
   * @return the result
   */
  R dropout(LayerSpec.Dropout spec);

  /**
   * Visits a dense layer.
   *
   * @param spec the description
   * @return the result
   */
  R dense(LayerSpec.Dense spec);

  /**
   * Visits a pooling layer.
   *
   * @param spec the description
   * @return the result
   */
  R pooled(LayerSpec.Pooled spec);

  /**
   * Visits a layer normalization.
   *
   * @param spec the description
   * @return the result
   */
  R normalized(LayerSpec.Normalized spec);

  /**
   * Visits a custom layer.
   *
   * @param spec the description
   * @return the result
   */
  R customLayer(LayerSpec.Custom spec);

  /**
   * Visits a recurrent layer of reference cells.
   *
   * @param spec the description
   * @return the result
   */
  R recurrent(RecurrentLayerSpec spec);

  /**
   * Visits a recurrent layer of LSTM cells with peepholes.
   *
   * @param spec the description
   * @return the result
   */
  R peephole(PeepholeLstmSpec spec);

  /**
   * Visits a recurrent layer of custom cells.
   *
   * @param spec the description
   * @return the result
   */
  R customCell(LayerSpec.CustomCell spec);
}
