package org.recur4j.models.internal.assembly;

import com.google.gson.JsonObject;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.LayerVisitor;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.PeepholeLstmSpec;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.internal.json.Excerpt;
import org.recur4j.models.internal.json.JsonFields;

/**
 * Layer descriptions as JSON, with keys in a fixed order, so that equal layers give equal texts.
 */
public final class LayerJson {
  private LayerJson() {}

  /**
   * Writes a layer.
   *
   * @param layer its description
   * @return one object
   */
  public static JsonObject write(LayerSpec layer) {
    return layer.accept(new Writer(new JsonObject()));
  }

  /** Writes the members of one object, the kind first. */
  private record Writer(JsonObject json) implements LayerVisitor<JsonObject> {
    private Writer kind(String kind) {
      return text("layer", kind);
    }

    private Writer text(String name, String value) {
      json.addProperty(name, value);
      return this;
    }

    private Writer number(String name, Number value) {
      json.addProperty(name, value);
      return this;
    }

    private Writer flag(String name, boolean value) {
      json.addProperty(name, value);
      return this;
    }

    private Writer activation(String name, Activation value) {
      json.add(name, write(value));
      return this;
    }

    private JsonObject options(RecurrentOptions options) {
      write(json, options);
      return json;
    }

    @Override
    public JsonObject embedding(LayerSpec.Embedding spec) {
      kind("embedding").number("vocabulary", spec.vocabulary()).number("size", spec.size());
      return spec.paddingIndex() < 0 ? json : number("paddingIndex", spec.paddingIndex()).json;
    }

    @Override
    public JsonObject dropout(LayerSpec.Dropout spec) {
      return kind("dropout")
          .number("rate", spec.rate())
          .flag("variational", spec.variational())
          .json;
    }

    @Override
    public JsonObject dense(LayerSpec.Dense spec) {
      return kind("dense")
          .number("units", spec.units())
          .activation("activation", spec.activation())
          .json;
    }

    @Override
    public JsonObject pooled(LayerSpec.Pooled spec) {
      return kind("pooling").text("pooling", spec.pooling().name()).json;
    }

    @Override
    public JsonObject normalized(LayerSpec.Normalized spec) {
      return kind("layer normalization").number("epsilon", spec.epsilon()).json;
    }

    @Override
    public JsonObject customLayer(LayerSpec.Custom spec) {
      return kind("custom").text("name", spec.name()).json;
    }

    @Override
    public JsonObject customCell(LayerSpec.CustomCell spec) {
      return kind("cell").text("name", spec.name()).options(spec.options());
    }

    @Override
    public JsonObject peephole(PeepholeLstmSpec spec) {
      kind("peephole")
          .number("hiddenSize", spec.hiddenSize())
          .activation("gateActivation", spec.gateActivation())
          .activation("activation", spec.activation())
          .activation("outputActivation", spec.outputActivation());
      if (Double.isFinite(spec.clip())) {
        number("clip", spec.clip());
      }
      return flag("coupled", spec.coupled()).options(spec.options());
    }

    @Override
    public JsonObject recurrent(RecurrentLayerSpec spec) {
      return kind("recurrent")
          .text("cell", spec.cell().name())
          .number("hiddenSize", spec.hiddenSize())
          .activation("activation", spec.activation())
          .activation("gateActivation", spec.gateActivation())
          .text("reset", spec.reset().name())
          .text("biases", spec.biases().name())
          .options(spec.options());
    }
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
   * @param json an object written by {@link #write}
   * @return the description
   * @throws RecurException if a member is missing, unknown or invalid; the message names it
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
      case "custom" -> new LayerSpec.Custom(json.text("name"));
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
