package org.recur4j.models.seq2seq;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.models.internal.assembly.SummaryTable;
import org.recur4j.models.internal.recurrent.RecurrentLayer;

/**
 * The summary table of an encoder–decoder; S is the number of source steps, T that of target steps.
 */
final class EncoderDecoderSummary {
  private final EncoderDecoderArchitecture architecture;
  private final SummaryTable table = new SummaryTable();

  private EncoderDecoderSummary(EncoderDecoderArchitecture architecture) {
    this.architecture = architecture;
  }

  static String of(EncoderDecoder model) {
    return new EncoderDecoderSummary(model.architecture()).text(model);
  }

  private String text(EncoderDecoder model) {
    int size = architecture.embeddingSize();
    int output = architecture.outputSize();
    embedding("encoder", model.encoder().parameters(), architecture.sourceVocabulary(), "[S, B, ");
    stack("encoder: ", model.encoder().stack(), "[S, B, ");
    table.add(
        model.bridge().parameters().isEmpty() ? "bridge: copied states" : "bridge: dense TANH",
        "decoder's states",
        count(model.bridge().parameters()),
        "");
    embedding("decoder", model.decoder().parameters(), architecture.classes(), "[T, B, ");
    stack("decoder: ", model.decoder().stack(), "[T, B, ");
    if (architecture.attention() != Attention.NONE) {
      int context = architecture.memorySize();
      table.add(
          "attention " + architecture.attention(),
          "[T, B, " + context + "], weights [B, T, S]",
          named(model, "attention."),
          architecture.attention() == Attention.ADDITIVE ? "step by step" : "all steps at once");
      table.add(
          "dense " + (output + context) + "→" + output + " TANH",
          "[T, B, " + output + "]",
          named(model, "combine."),
          "");
    }
    table.add(
        "dense " + output + "→" + architecture.classes(),
        "[T, B, " + architecture.classes() + "]",
        named(model, "head."),
        "");
    table.add(
        "total",
        "",
        model.parameterCount(),
        "embeddings of " + size + ", dropout " + architecture.dropout());
    return table.toString();
  }

  private void embedding(String side, List<Parameter> parameters, int vocabulary, String shape) {
    table.add(
        side + ": embedding " + vocabulary + "→" + architecture.embeddingSize(),
        shape + architecture.embeddingSize() + "]",
        parameters.get(0).value().size(),
        "");
  }

  private void stack(String side, RecurrentStack stack, String shape) {
    for (RecurrentLayer layer : stack.layers()) {
      table.add(
          side + layer.name(),
          shape + layer.outputSize() + "]",
          count(layer.parameters()),
          layer.engine());
    }
  }

  private static long named(EncoderDecoder model, String prefix) {
    return count(
        model.parameters().stream().filter(each -> each.name().startsWith(prefix)).toList());
  }

  private static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }
}
