package org.recur4j.models.seq2seq;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.layer.EmbeddingLayer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;

/** The encoder of an encoder–decoder network. */
final class Encoder implements AutoCloseable {
  private static final int EMBEDDING_DROPOUT = 0;
  private static final int FIRST_DROPOUT = 100;

  private final double dropout;
  private final EmbeddingLayer embedding;
  private final RecurrentStack stack;

  Encoder(EncoderDecoderArchitecture architecture, RecurrentStack.Place place) {
    dropout = architecture.dropout();
    int size = architecture.embeddingSize();
    embedding =
        new EmbeddingLayer(
            place
                .weights()
                .table("encoder.embedding.weight", architecture.sourceVocabulary(), size));
    stack =
        RecurrentStack.of(place, "encoder", architecture.encoder(), size, dropout, FIRST_DROPOUT);
  }

  /** Creates an encoder with the same weights and another stack. */
  Encoder(Encoder full, RecurrentStack stack) {
    this.dropout = full.dropout;
    this.embedding = full.embedding;
    this.stack = stack;
  }

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(embedding.parameters());
    all.addAll(stack.parameters());
    return all;
  }

  /** Returns the outputs {@code [S, B, M]} and last states for {@code tokens [S, B]}. */
  RecurrentStack.Run run(LayerContext run, Tensor tokens) {
    Tensor x = embedding.forward(run, new LayerOutput(tokens, null)).values();
    return stack.run(run, RecurrentStack.drop(run, x, dropout, EMBEDDING_DROPOUT), null);
  }

  RecurrentStack stack() {
    return stack;
  }

  void refresh() {
    stack.refresh();
  }

  @Override
  public void close() {
    stack.close();
  }
}
