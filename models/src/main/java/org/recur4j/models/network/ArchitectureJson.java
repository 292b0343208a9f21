package org.recur4j.models.network;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.initialisation.RecurrentInitialisation;
import org.recur4j.models.layer.LayerSpec;
import org.recur4j.models.layer.Merge;
import org.recur4j.models.layer.PeepholeLstmSpec;
import org.recur4j.models.layer.Pooling;
import org.recur4j.models.layer.RecurrentLayerSpec;
import org.recur4j.models.layer.RecurrentOptions;

/** An architecture as JSON: one object, keys in a fixed order, so that equal means equal bytes. */
final class ArchitectureJson {
  private static final int VERSION = 2;

  private ArchitectureJson() {}

  static String write(Architecture architecture) {
    JsonObject json = new JsonObject();
    json.addProperty("version", VERSION);
    json.addProperty("topology", architecture.topology().name());
    json.addProperty("features", architecture.features());
    json.addProperty("dataType", architecture.dataType().name());
    json.addProperty("answer", architecture.answer().name());
    JsonArray layers = new JsonArray();
    architecture.layers().forEach(layer -> layers.add(write(layer)));
    json.add("layers", layers);
    return new Gson().toJson(json);
  }

  static JsonObject write(LayerSpec layer) {
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
    } else if (layer instanceof LayerSpec.Normalised normalised) {
      json.addProperty("layer", "layer normalisation");
      json.addProperty("epsilon", normalised.epsilon());
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
    JsonObject initialisation = new JsonObject();
    initialisation.addProperty("rule", options.initialisation().rule().name());
    initialisation.addProperty("gain", options.initialisation().gain());
    json.add("initialisation", initialisation);
  }

  private static JsonObject write(Activation activation) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", activation.kind().name());
    json.addProperty("alpha", activation.alpha());
    json.addProperty("beta", activation.beta());
    return json;
  }

  /** Reads what {@link #write} wrote; whatever is wrong with it names the file. */
  static Architecture read(Path file, String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      int version = member(json, "version").getAsInt();
      if (version != VERSION) {
        throw new RecurException("version " + version);
      }
      List<LayerSpec> layers = new ArrayList<>();
      for (JsonElement layer : member(json, "layers").getAsJsonArray()) {
        layers.add(readLayer(layer.getAsJsonObject()));
      }
      return new Architecture(
          Topology.valueOf(text(json, "topology")),
          number(json, "features"),
          DataType.valueOf(text(json, "dataType")),
          layers,
          Answer.valueOf(text(json, "answer")));
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | RecurException e) {
      throw ModelFileException.unreadable(
          file,
          "an architecture that cannot be understood (" + e.getMessage() + ")",
          "one of version " + VERSION + ", as Network.save writes it",
          "Read it with the version of the library that wrote it.",
          e);
    }
  }

  static LayerSpec readLayer(JsonObject json) {
    String kind = text(json, "layer");
    return switch (kind) {
      case "embedding" ->
          new LayerSpec.Embedding(
              number(json, "vocabulary"),
              number(json, "size"),
              json.has("paddingIndex") ? number(json, "paddingIndex") : -1);
      case "dropout" ->
          new LayerSpec.Dropout(
              member(json, "rate").getAsDouble(), member(json, "variational").getAsBoolean());
      case "dense" -> new LayerSpec.Dense(number(json, "units"), activation(json, "activation"));
      case "cell" -> new LayerSpec.CustomCell(text(json, "name"), options(json));
      case "pooling" -> new LayerSpec.Pooled(Pooling.valueOf(text(json, "pooling")));
      case "layer normalisation" -> new LayerSpec.Normalised(member(json, "epsilon").getAsDouble());
      case "peephole" ->
          new PeepholeLstmSpec(
              number(json, "hiddenSize"),
              activation(json, "gateActivation"),
              activation(json, "activation"),
              activation(json, "outputActivation"),
              json.has("clip") ? member(json, "clip").getAsDouble() : Double.POSITIVE_INFINITY,
              member(json, "coupled").getAsBoolean(),
              options(json));
      case "recurrent" ->
          new RecurrentLayerSpec(
              CellKind.valueOf(text(json, "cell")),
              number(json, "hiddenSize"),
              activation(json, "activation"),
              activation(json, "gateActivation"),
              ResetVariant.valueOf(text(json, "reset")),
              Biases.valueOf(text(json, "biases")),
              options(json));
      default -> throw new RecurException("layer '" + kind + "'");
    };
  }

  private static RecurrentOptions options(JsonObject json) {
    JsonObject initialisation = member(json, "initialisation").getAsJsonObject();
    return new RecurrentOptions(
        Direction.valueOf(text(json, "direction")),
        Merge.valueOf(text(json, "merge")),
        member(json, "recurrentDropout").getAsDouble(),
        member(json, "learnedInitialState").getAsBoolean(),
        new RecurrentInitialisation(
            RecurrentInitialisation.Rule.valueOf(text(initialisation, "rule")),
            member(initialisation, "gain").getAsDouble()));
  }

  private static Activation activation(JsonObject json, String name) {
    JsonObject activation = member(json, name).getAsJsonObject();
    return new Activation(
        Activation.Kind.valueOf(text(activation, "kind")),
        member(activation, "alpha").getAsDouble(),
        member(activation, "beta").getAsDouble());
  }

  private static String text(JsonObject json, String name) {
    return member(json, name).getAsString();
  }

  private static int number(JsonObject json, String name) {
    return member(json, name).getAsInt();
  }

  private static JsonElement member(JsonObject json, String name) {
    JsonElement member = json.get(name);
    if (member == null) {
      throw new RecurException("no member '" + name + "'");
    }
    return member;
  }
}
