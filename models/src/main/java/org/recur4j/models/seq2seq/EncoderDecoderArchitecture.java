package org.recur4j.models.seq2seq;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.RecurrentLayerSpec;

/**
 * Everything about an encoder–decoder but its weights.
 *
 * @param sourceVocabulary indices of a source are 0 … sourceVocabulary − 1
 * @param targetVocabulary indices of a target are 0 … targetVocabulary − 1; begin and end of a
 *     target are the model's own business
 * @param embeddingSize E, features of a symbol on both sides
 * @param encoder recurrent layers, first to last, in any direction
 * @param decoder recurrent layers, first to last, forward
 * @param attention how the decoder looks back
 * @param dropout probability of a zero behind the embeddings, between the layers and before the
 *     answer, in [0, 1)
 * @param dataType of weights and activations
 */
public record EncoderDecoderArchitecture(
    int sourceVocabulary,
    int targetVocabulary,
    int embeddingSize,
    List<RecurrentLayerSpec> encoder,
    List<RecurrentLayerSpec> decoder,
    Attention attention,
    double dropout,
    DataType dataType) {
  /** ⌊√(2³¹ − 1)⌋: more units than that cannot have weights to each other in one tensor. */
  private static final int WIDEST = 46_340;

  /** Checks that the parts fit together. */
  public EncoderDecoderArchitecture {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
    check(sourceVocabulary >= 1, "a source vocabulary of " + sourceVocabulary, "at least 1 index");
    check(
        targetVocabulary >= 1 && targetVocabulary < Integer.MAX_VALUE,
        "a target vocabulary of " + targetVocabulary,
        "1 to " + (Integer.MAX_VALUE - 1) + " indices, beside which there is the boundary");
    check(
        embeddingSize >= 1 && embeddingSize <= Integer.MAX_VALUE - 2 * WIDEST,
        "embeddings of " + embeddingSize + " features",
        "1 to " + (Integer.MAX_VALUE - 2 * WIDEST) + ", so that a context fits beside them");
    check(!encoder.isEmpty(), "no encoder layer", "at least one");
    check(!decoder.isEmpty(), "no decoder layer", "at least one");
    check(dropout >= 0 && dropout < 1, "dropout " + dropout, "a rate in [0, 1)");
    check(dataType.isFloating(), "weights of type " + dataType, "a floating type");
    for (RecurrentLayerSpec layer : encoder) {
      checkSize(layer);
    }
    for (RecurrentLayerSpec layer : decoder) {
      checkSize(layer);
      check(
          layer.direction() == Direction.FORWARD,
          "a decoder layer in direction " + layer.direction(),
          "FORWARD, because a decoder does not know what it will say");
      check(
          !layer.options().learnedInitialState(),
          "a decoder layer with a learned initial state",
          "none, because the decoder begins where the encoder ended");
    }
    int memory = width(encoder);
    int output = width(decoder);
    check(
        attention != Attention.DOT || memory == output,
        "dot attention between " + memory + " encoder and " + output + " decoder features",
        "equal widths, or Attention.GENERAL");
  }

  /**
   * Sums of two widths and an embedding have to fit an int; each of them times itself is a weight
   * matrix, which has to fit one as well.
   */
  private static void checkSize(RecurrentLayerSpec layer) {
    check(
        layer.hiddenSize() <= WIDEST,
        "a layer of hidden size " + layer.hiddenSize(),
        "at most " + WIDEST);
  }

  /** The same of another floating type. */
  EncoderDecoderArchitecture of(DataType type) {
    return new EncoderDecoderArchitecture(
        sourceVocabulary,
        targetVocabulary,
        embeddingSize,
        encoder,
        decoder,
        attention,
        dropout,
        type);
  }

  private static int width(List<RecurrentLayerSpec> layers) {
    RecurrentLayerSpec last = layers.get(layers.size() - 1);
    return last.options().outputSize(last.hiddenSize());
  }

  private static void check(boolean right, String got, String expected) {
    if (!right) {
      throw new InvalidArgumentException(
          "encoder–decoder", got, expected, "Correct the calls on the builder");
    }
  }

  /**
   * Features of one encoder output.
   *
   * @return M, of the encoder's last layer, its directions merged as it says
   */
  public int memorySize() {
    return width(encoder);
  }

  /**
   * Features of one decoder output.
   *
   * @return H of the decoder's last layer
   */
  public int outputSize() {
    return width(decoder);
  }

  /** Begins a target as the decoder's first input, ends it as its last answer. */
  int boundary() {
    return targetVocabulary;
  }

  /** The target vocabulary and the boundary. */
  int classes() {
    return targetVocabulary + 1;
  }
}
