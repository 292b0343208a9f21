package org.recur4j.models.seq2seq;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.assembly.ParameterFactory;
import org.recur4j.models.internal.layer.DenseLayer;
import org.recur4j.models.internal.layer.EmbeddingLayer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;

/**
 * The decoder of an encoder–decoder network. Given the whole target (teacher forcing), it runs each
 * layer once over all steps if its attention allows; given one symbol, it runs one step.
 */
final class Decoder implements AutoCloseable {
  private static final int EMBEDDING_DROPOUT = 1;
  private static final int ANSWER_DROPOUT = 2;
  private static final int FIRST_DROPOUT = 200;

  private final EncoderDecoderArchitecture architecture;
  private final EmbeddingLayer embedding;
  private final RecurrentStack stack;
  private final AttentionLayer attention;

  /** tanh(W [h; c] + b), Luong et al. 2015, equation 5; null without attention. */
  private final DenseLayer combine;

  private final DenseLayer head;

  Decoder(EncoderDecoderArchitecture architecture, RecurrentStack.Place place) {
    this.architecture = architecture;
    ParameterFactory weights = place.weights();
    boolean attentive = architecture.attention() != Attention.NONE;
    int memory = architecture.memorySize();
    int output = architecture.outputSize();
    int fed = architecture.attention() == Attention.ADDITIVE ? memory : 0;
    embedding =
        new EmbeddingLayer(
            weights.table(
                "decoder.embedding.weight", architecture.classes(), architecture.embeddingSize()));
    RecurrentStack made =
        RecurrentStack.of(
            place,
            "decoder",
            architecture.decoder(),
            architecture.embeddingSize() + fed,
            architecture.dropout(),
            FIRST_DROPOUT);
    boolean complete = false;
    try {
      attention =
          attentive ? new AttentionLayer(architecture.attention(), weights, output, memory) : null;
      combine =
          attentive ? dense(weights, "combine", output, output + memory, Activation.TANH) : null;
      head = dense(weights, "head", architecture.classes(), output, Activation.IDENTITY);
      complete = true;
    } finally {
      if (!complete) {
        made.close();
      }
    }
    stack = made;
  }

  /** Creates a decoder with the same weights and another stack. */
  Decoder(Decoder full, RecurrentStack stack) {
    this.architecture = full.architecture;
    this.embedding = full.embedding;
    this.stack = stack;
    this.attention = full.attention;
    this.combine = full.combine;
    this.head = full.head;
  }

  private static DenseLayer dense(
      ParameterFactory weights, String name, int units, int inputs, Activation activation) {
    return new DenseLayer(
        weights.dense(name + ".weight", units, inputs),
        weights.denseBias(name + ".bias", units, inputs),
        activation);
  }

  /**
   * The output of the decoder.
   *
   * @param logits {@code [T, B, C]}
   * @param last one state per layer
   * @param weights attention weights, {@code [B, T, S]}; null without attention
   */
  record Output(Tensor logits, List<State> last, Tensor weights) {}

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(embedding.parameters());
    all.addAll(stack.parameters());
    if (attention != null) {
      all.addAll(attention.parameters());
      all.addAll(combine.parameters());
    }
    all.addAll(head.parameters());
    return all;
  }

  /** Prepares the encoder's outputs for attention; returns null without attention. */
  EncodedSource encode(Ops ops, Tensor outputs, Lengths lengths) {
    return attention == null ? null : attention.encode(ops, outputs, lengths);
  }

  /** Runs {@code tokens [T, B]} from the given states. */
  Output run(LayerContext run, Tensor tokens, EncodedSource memory, List<State> initial) {
    Ops ops = run.ops();
    Tensor x = embedding.forward(run, new LayerOutput(tokens, null)).values();
    x = RecurrentStack.drop(run, x, architecture.dropout(), EMBEDDING_DROPOUT);
    if (architecture.attention() == Attention.ADDITIVE) {
      return fed(run, x, memory, initial);
    }
    RecurrentStack.Run out = stack.run(run, x, initial);
    if (attention == null) {
      return new Output(answer(run, out.values()), out.last(), null);
    }
    AttentionLayer.Attended attended = attention.attend(ops, out.values(), memory);
    Tensor both = ops.concatenate(2, out.values(), attended.context());
    return new Output(answer(run, combined(run, both)), out.last(), attended.weights());
  }

  /**
   * Runs step by step, because the input of each step contains a context computed from the output
   * of the previous step. Between layers, all steps of a batch share a dropout mask (Gal,
   * Ghahramani 2016).
   */
  private Output fed(LayerContext run, Tensor x, EncodedSource memory, List<State> initial) {
    Ops ops = run.ops();
    int steps = x.extent(0);
    LayerContext one = oneStep(run, x.extent(1));
    Tensor[] both = new Tensor[steps];
    Tensor[] weights = new Tensor[steps];
    List<State> states = initial;
    for (int t = 0; t < steps; t++) {
      Tensor query = states.get(states.size() - 1).hidden();
      AttentionLayer.Attended attended = attention.attend(ops, query, memory);
      Tensor now = steps == 1 ? x : ops.slice(x, 0, t, t + 1);
      RecurrentStack.Run out = stack.run(one, ops.concatenate(2, now, attended.context()), states);
      both[t] = ops.concatenate(2, out.values(), attended.context());
      weights[t] = attended.weights();
      states = out.last();
    }
    Tensor all = steps == 1 ? both[0] : ops.concatenate(0, both);
    return new Output(
        answer(run, combined(run, all)),
        states,
        steps == 1 ? weights[0] : ops.concatenate(1, weights));
  }

  private static LayerContext oneStep(LayerContext run, int batch) {
    Lengths lengths = Lengths.full(1, batch);
    return TokenBatch.run(
        run.ops(), lengths, new DropoutContext(run.mode(), run.seed(), run.step()), run.passes());
  }

  private Tensor combined(LayerContext run, Tensor both) {
    return combine.forward(run, new LayerOutput(both, null)).values();
  }

  private Tensor answer(LayerContext run, Tensor values) {
    Tensor kept = RecurrentStack.drop(run, values, architecture.dropout(), ANSWER_DROPOUT);
    return head.forward(run, new LayerOutput(kept, null)).values();
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
