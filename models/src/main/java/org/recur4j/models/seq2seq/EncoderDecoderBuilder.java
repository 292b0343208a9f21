package org.recur4j.models.seq2seq;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.internal.assembly.WeightSource;

/** A builder of encoder–decoder networks. Each setter returns this builder. */
public final class EncoderDecoderBuilder {
  private final int sourceVocabulary;
  private final int targetVocabulary;
  private int embeddingSize = 64;
  private List<RecurrentLayerSpec> encoder = List.of();
  private List<RecurrentLayerSpec> decoder = List.of();
  private Attention attention = Attention.GENERAL;
  private double dropout;
  private double labelSmoothing;
  private DataType dataType = DataType.FLOAT32;
  private InitialWeights start = InitialWeights.STANDARD;
  private long seed;
  private boolean stepwise;

  EncoderDecoderBuilder(int sourceVocabulary, int targetVocabulary) {
    this.sourceVocabulary = sourceVocabulary;
    this.targetVocabulary = targetVocabulary;
  }

  /**
   * Sets the size of the embeddings of both vocabularies; the default is 64.
   *
   * @param size E
   * @return this
   */
  public EncoderDecoderBuilder embedding(int size) {
    embeddingSize = size;
    return this;
  }

  /**
   * Sets the layers of the encoder.
   *
   * @param layers recurrent layers, first to last, in any direction
   * @return this
   */
  public EncoderDecoderBuilder encoder(RecurrentLayerSpec... layers) {
    encoder = List.of(layers);
    return this;
  }

  /**
   * Sets the layers of the decoder.
   *
   * @param layers recurrent layers, first to last, forward
   * @return this
   */
  public EncoderDecoderBuilder decoder(RecurrentLayerSpec... layers) {
    decoder = List.of(layers);
    return this;
  }

  /**
   * Sets the attention mechanism; the default is {@link Attention#GENERAL}.
   *
   * @param value attention mechanism
   * @return this
   */
  public EncoderDecoderBuilder attention(Attention value) {
    attention = InvalidArgumentException.requireGiven(value, "encoder–decoder", "attention");
    return this;
  }

  /**
   * Sets the dropout rate after the embeddings, between recurrent layers and before the output
   * layer; the default is 0.
   *
   * @param rate probability of zeroing a feature, in [0, 1)
   * @return this
   */
  public EncoderDecoderBuilder dropout(double rate) {
    dropout = rate;
    return this;
  }

  /**
   * Sets the label smoothing: the share of the target probability that is distributed over all
   * classes during training (Szegedy et al. 2016). The default is 0. Validation uses none.
   *
   * @param share ε in [0, 1)
   * @return this
   */
  public EncoderDecoderBuilder labelSmoothing(double share) {
    labelSmoothing = smoothing(share);
    return this;
  }

  /** Validates a label smoothing. */
  static double smoothing(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new InvalidArgumentException(
          "encoder–decoder",
          "label smoothing " + share,
          "a share in [0, 1)",
          "Use for instance 0.1");
    }
    return share;
  }

  /**
   * Sets the floating type; the default is FLOAT32.
   *
   * @param value a type that the backend supports
   * @return this
   */
  public EncoderDecoderBuilder dataType(DataType value) {
    dataType = InvalidArgumentException.requireGiven(value, "encoder–decoder", "data type");
    return this;
  }

  /**
   * Sets the initialization; the default is {@link InitialWeights#STANDARD}.
   *
   * @param value initialization
   * @return this
   */
  public EncoderDecoderBuilder initialWeights(InitialWeights value) {
    start = InvalidArgumentException.requireGiven(value, "encoder–decoder", "initial weights");
    return this;
  }

  /**
   * Sets the seed of the initial weights; the default is 0.
   *
   * @param value any number
   * @return this
   */
  public EncoderDecoderBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Runs every recurrent layer step by step, even if a plan exists, for comparison.
   *
   * @return this
   */
  public EncoderDecoderBuilder stepwise() {
    stepwise = true;
    return this;
  }

  /**
   * Returns the described architecture.
   *
   * @return the architecture
   * @throws InvalidArgumentException if the parts do not fit together
   */
  public EncoderDecoderArchitecture architecture() {
    return new EncoderDecoderArchitecture(
        sourceVocabulary,
        targetVocabulary,
        embeddingSize,
        encoder,
        decoder,
        attention,
        dropout,
        dataType);
  }

  /**
   * Builds a model with newly initialized weights.
   *
   * @param backend backend for the model; must outlive it
   * @return the model; the caller closes it
   */
  public EncoderDecoder build(Backend backend) {
    return new EncoderDecoder(
        backend,
        architecture(),
        labelSmoothing,
        WeightSource.drawn(start, seed),
        stepwise,
        java.util.Map.of());
  }
}
