package org.recur4j.models.internal.assembly;

import com.google.gson.JsonObject;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.PeepholeLstmSpec;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.internal.json.Excerpt;
import org.recur4j.models.internal.json.JsonFields;

/** A layer's description as JSON: keys in a fixed order, so that equal layers give equal texts. */
public final class LayerJson {
  private LayerJson() {}

  /**
   * Writes a layer.
   *
   * @param layer its description
   * @return one object
   */
  public static JsonObject write(LayerSpec layer) {
    JsonObject json = new JsonObject();
    if (layer instanceof LayerSpec.Embedding embedding) {
      json.addProperty("layer", "embedding");
      json.addProperty("vocabulary", embedding.vocabulary());
      json.addProperty("size", embedding.size());
      if (embedding.paddingIndex() >= 0) {
        json.addProperty("paddingIndex", embedding.paddingIndex());
      }
    } else if (layer instanceof LayerSpec.Dropout dropout) {
      json.addProperty("layer", "dropout");
      json.addProperty("rate", dropout.rate());
      json.addProperty("variational", dropout.variational());
    } else if (layer instanceof LayerSpec.Dense dense) {
      json.addProperty("layer", "dense");
      json.addProperty("units", dense.units());
      json.add("activation", write(dense.activation()));
    } else if (layer instanceof LayerSpec.Pooled pooled) {
      json.addProperty("layer", "pooling");
      json.addProperty("pooling", pooled.pooling().name());
    } else if (layer instanceof LayerSpec.Normalized normalized) {
      json.addProperty("layer", "layer normalization");
      json.addProperty("epsilon", normalized.epsilon());
    } else if (layer instanceof LayerSpec.CustomCell cell) {
      json.addProperty("layer", "cell");
      json.addProperty("name", cell.name());
      write(json, cell.options());
    } else if (layer instanceof PeepholeLstmSpec peephole) {
      json.addProperty("layer", "peephole");
      json.addProperty("hiddenSize", peephole.hiddenSize());
      json.add("gateActivation", write(peephole.gateActivation()));
      json.add("activation", write(peephole.activation()));
      json.add("outputActivation", write(peephole.outputActivation()));
      if (Double.isFinite(peephole.clip())) {
        json.addProperty("clip", peephole.clip());
      }
      json.addProperty("coupled", peephole.coupled());
      write(json, peephole.options());
    } else if (layer instanceof RecurrentLayerSpec recurrent) {
      json.addProperty("layer", "recurrent");
      json.addProperty("cell", recurrent.cell().name());
      json.addProperty("hiddenSize", recurrent.hiddenSize());
      json.add("activation", write(recurrent.activation()));
      json.add("gateActivation", write(recurrent.gateActivation()));
      json.addProperty("reset", recurrent.reset().name());
      json.addProperty("biases", recurrent.biases().name());
      write(json, recurrent.options());
    }
    return json;
  }

  private static void write(JsonObject json, RecurrentOptions options) {
    json.addProperty("direction", options.direction().name());
    json.addProperty("merge", options.merge().name());
    json.addProperty("recurrentDropout", options.recurrentDropout());
    json.addProperty("learnedInitialState", options.learnedInitialState());
    JsonObject initialization = new JsonObject();
    initialization.addProperty("rule", options.initialization().rule().name());
    initialization.addProperty("gain", options.initialization().gain());
    json.add("initialisation", initialization);
  }

  private static JsonObject write(Activation activation) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", activation.kind().name());
    json.addProperty("alpha", activation.alpha());
    json.addProperty("beta", activation.beta());
    return json;
  }

  /**
   * Reads a layer.
   *
   * @param json what {@link #write} wrote
   * @return the description
   * @throws RecurException if it says anything else; the message says what
   */
  public static LayerSpec read(JsonFields json) {
    LayerSpec layer = layer(json);
    json.end();
    return layer;
  }

  private static LayerSpec layer(JsonFields json) {
    String kind = json.text("layer");
    return switch (kind) {
      case "embedding" ->
          new LayerSpec.Embedding(
              json.count("vocabulary", 1),
              json.count("size", 1),
              json.has("paddingIndex") ? json.count("paddingIndex", 0) : -1);
      case "dropout" -> new LayerSpec.Dropout(json.number("rate"), json.flag("variational"));
      case "dense" ->
          new LayerSpec.Dense(json.count("units", 1), activation(json.object("activation")));
      case "cell" -> new LayerSpec.CustomCell(json.text("name"), options(json));
      case "pooling" -> new LayerSpec.Pooled(json.choice("pooling", Pooling.class));
      case "layer normalization" -> new LayerSpec.Normalized(json.number("epsilon"));
      case "peephole" ->
          new PeepholeLstmSpec(
              json.count("hiddenSize", 1),
              activation(json.object("gateActivation")),
              activation(json.object("activation")),
              activation(json.object("outputActivation")),
              json.has("clip") ? json.number("clip") : Double.POSITIVE_INFINITY,
              json.flag("coupled"),
              options(json));
      case "recurrent" ->
          new RecurrentLayerSpec(
              json.choice("cell", CellKind.class),
              json.count("hiddenSize", 1),
              activation(json.object("activation")),
              activation(json.object("gateActivation")),
              json.choice("reset", ResetVariant.class),
              json.choice("biases", Biases.class),
              options(json));
      default -> throw new RecurException("layer '" + Excerpt.of(kind) + "'");
    };
  }

  private static RecurrentOptions options(JsonFields json) {
    JsonFields initialization = json.object("initialisation");
    RecurrentOptions options =
        new RecurrentOptions(
            json.choice("direction", Direction.class),
            json.choice("merge", Merge.class),
            json.number("recurrentDropout"),
            json.flag("learnedInitialState"),
            new RecurrentInitialization(
                initialization.choice("rule", RecurrentInitialization.Rule.class),
                initialization.number("gain")));
    initialization.end();
    return options;
  }

  private static Activation activation(JsonFields json) {
    Activation activation =
        new Activation(
            json.choice("kind", Activation.Kind.class), json.number("alpha"), json.number("beta"));
    json.end();
    return activation;
  }
}
