package org.recur4j.models.seq2seq;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.internal.assembly.WeightSource;

/** Collects the parts of an encoder–decoder; each method returns this builder. */
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
   * Features of a symbol on both sides; 64 unless set.
   *
   * @param size E
   * @return this
   */
  public EncoderDecoderBuilder embedding(int size) {
    embeddingSize = size;
    return this;
  }

  /**
   * What reads the source.
   *
   * @param layers first to last, in any direction
   * @return this
   */
  public EncoderDecoderBuilder encoder(RecurrentLayerSpec... layers) {
    encoder = List.of(layers);
    return this;
  }

  /**
   * What says the target.
   *
   * @param layers first to last, forward
   * @return this
   */
  public EncoderDecoderBuilder decoder(RecurrentLayerSpec... layers) {
    decoder = List.of(layers);
    return this;
  }

  /**
   * How the decoder looks back; {@link Attention#GENERAL} unless set.
   *
   * @param value which
   * @return this
   */
  public EncoderDecoderBuilder attention(Attention value) {
    attention = InvalidArgumentException.requireGiven(value, "encoder–decoder", "attention");
    return this;
  }

  /**
   * Dropout behind the embeddings, between recurrent layers and before the answer; 0 unless set.
   *
   * @param rate probability of a zero, in [0, 1)
   * @return this
   */
  public EncoderDecoderBuilder dropout(double rate) {
    dropout = rate;
    return this;
  }

  /**
   * How much of the wanted probability is spread over all classes in training (Szegedy et al.
   * 2016); 0 unless set. Validation measures without it.
   *
   * @param share ε in [0, 1)
   * @return this
   */
  public EncoderDecoderBuilder labelSmoothing(double share) {
    labelSmoothing = smoothing(share);
    return this;
  }

  /** Refuses what is no share. */
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
   * The floating type; FLOAT32 unless set.
   *
   * @param value a type the backend has
   * @return this
   */
  public EncoderDecoderBuilder dataType(DataType value) {
    dataType = InvalidArgumentException.requireGiven(value, "encoder–decoder", "data type");
    return this;
  }

  /**
   * What the weights start from; {@link InitialWeights#STANDARD} unless set.
   *
   * @param value the rule
   * @return this
   */
  public EncoderDecoderBuilder start(InitialWeights value) {
    start = InvalidArgumentException.requireGiven(value, "encoder–decoder", "start");
    return this;
  }

  /**
   * The seed of the initial weights; 0 unless set.
   *
   * @param value any number
   * @return this
   */
  public EncoderDecoderBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Runs every recurrent layer step by step, even where a plan exists: for comparing.
   *
   * @return this
   */
  public EncoderDecoderBuilder stepwise() {
    stepwise = true;
    return this;
  }

  /**
   * What has been described.
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
   * Builds the model with fresh weights.
   *
   * @param backend where it lives; must outlive it
   * @return the model; close it
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
