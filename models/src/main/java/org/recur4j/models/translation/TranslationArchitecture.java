package org.recur4j.models.translation;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.layer.RecurrentLayerSpec;

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
public record TranslationArchitecture(
    int sourceVocabulary,
    int targetVocabulary,
    int embeddingSize,
    List<RecurrentLayerSpec> encoder,
    List<RecurrentLayerSpec> decoder,
    Attention attention,
    double dropout,
    DataType dataType) {
  /** Checks that the parts fit together. */
  public TranslationArchitecture {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
    check(sourceVocabulary >= 1, "a source vocabulary of " + sourceVocabulary, "at least 1 index");
    check(targetVocabulary >= 1, "a target vocabulary of " + targetVocabulary, "at least 1 index");
    check(embeddingSize >= 1, "embeddings of " + embeddingSize + " features", "at least 1");
    check(!encoder.isEmpty(), "no encoder layer", "at least one");
    check(!decoder.isEmpty(), "no decoder layer", "at least one");
    check(dropout >= 0 && dropout < 1, "dropout " + dropout, "a rate in [0, 1)");
    for (RecurrentLayerSpec layer : decoder) {
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

  /** The same of another floating type. */
  TranslationArchitecture of(DataType type) {
    return new TranslationArchitecture(
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
