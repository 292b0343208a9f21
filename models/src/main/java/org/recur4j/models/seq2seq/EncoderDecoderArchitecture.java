package org.recur4j.models.seq2seq;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.RecurrentLayerSpec;

/**
 * The complete description of an encoder–decoder network, without its weights.
 *
 * @param sourceVocabulary size of the source vocabulary; indices are 0 … sourceVocabulary − 1
 * @param targetVocabulary size of the target vocabulary; indices are 0 … targetVocabulary − 1; the
 *     model adds a symbol for begin and end
 * @param embeddingSize E, size of the embeddings of both vocabularies
 * @param encoder recurrent layers, first to last, in any direction
 * @param decoder recurrent layers, first to last, forward
 * @param attention attention mechanism
 * @param dropout dropout rate after the embeddings, between the layers and before the output layer,
 *     in [0, 1)
 * @param dataType type of weights and activations
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
  /** ⌊√(2³¹ − 1)⌋, the largest number of units whose square weight matrix fits in one tensor. */
  private static final int WIDEST = 46_340;

  /** Validates that the parts fit together. */
  public EncoderDecoderArchitecture {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
    check(sourceVocabulary >= 1, "a source vocabulary of " + sourceVocabulary, "at least 1 index");
    check(
        targetVocabulary >= 1 && targetVocabulary < Integer.MAX_VALUE,
        "a target vocabulary of " + targetVocabulary,
        "1 to " + (Integer.MAX_VALUE - 1) + " indices, to which the boundary symbol is added");
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
          "FORWARD, because a decoder cannot read symbols that it has not generated yet");
      check(
          !layer.options().learnedInitialState(),
          "a decoder layer with a learned initial state",
          "none, because the decoder starts from the encoder's last state");
    }
    int memory = width(encoder);
    int output = width(decoder);
    check(
        attention != Attention.DOT || memory == output,
        "dot attention between " + memory + " encoder and " + output + " decoder features",
        "equal widths, or Attention.GENERAL");
  }

  /**
   * Ensures that the sum of two widths and an embedding, and the size of a square weight matrix,
   * fit in an int.
   */
  private static void checkSize(RecurrentLayerSpec layer) {
    check(
        layer.hiddenSize() <= WIDEST,
        "a layer of hidden size " + layer.hiddenSize(),
        "at most " + WIDEST);
  }

  /** Returns the same architecture with the given floating type. */
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
   * Returns the size of one encoder output.
   *
   * @return M, the output size of the encoder's last layer after merging its directions
   */
  public int memorySize() {
    return width(encoder);
  }

  /**
   * Returns the size of one decoder output.
   *
   * @return H of the decoder's last layer
   */
  public int outputSize() {
    return width(decoder);
  }

  /** Returns the boundary symbol, which is the decoder's first input and its last output. */
  int boundary() {
    return targetVocabulary;
  }

  /** Returns the number of classes: the target vocabulary and the boundary. */
  int classes() {
    return targetVocabulary + 1;
  }
}
