package org.recur4j.models.translation;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.file.ParameterFile;
import org.recur4j.models.file.SafeTensors;
import org.recur4j.models.file.SafeTensorsFile;
import org.recur4j.models.layer.RecurrentLayerSpec;
import org.recur4j.models.network.LayerJson;
import org.recur4j.models.network.Start;

/** An encoder–decoder in a safetensors file: its weights, its architecture in the metadata. */
final class TranslationFile {
  private static final ParameterFile FORM =
      new ParameterFile("EncoderDecoder.save", "recur4j.encoderDecoder");
  private static final int VERSION = 1;

  private TranslationFile() {}

  static void save(Path file, EncoderDecoder model, Map<String, String> notes) {
    String description = write(model.architecture(), model.labelSmoothing());
    FORM.write(file, model.backend(), model.parameters(), description, notes);
  }

  static EncoderDecoder load(Path path, Backend backend) {
    try (SafeTensorsFile file = SafeTensors.open(path)) {
      EncoderDecoder model =
          read(path, FORM.description(path, file), backend, ParameterFile.notes(file));
      boolean complete = false;
      try {
        ParameterFile.fill(path, file, backend, model.parameters());
        model.refresh();
        complete = true;
        return model;
      } finally {
        if (!complete) {
          model.close();
        }
      }
    }
  }

  private static String write(TranslationArchitecture architecture, double labelSmoothing) {
    JsonObject json = new JsonObject();
    json.addProperty("version", VERSION);
    json.addProperty("sourceVocabulary", architecture.sourceVocabulary());
    json.addProperty("targetVocabulary", architecture.targetVocabulary());
    json.addProperty("embeddingSize", architecture.embeddingSize());
    json.add("encoder", write(architecture.encoder()));
    json.add("decoder", write(architecture.decoder()));
    json.addProperty("attention", architecture.attention().name());
    json.addProperty("dropout", architecture.dropout());
    json.addProperty("labelSmoothing", labelSmoothing);
    json.addProperty("dataType", architecture.dataType().name());
    return new Gson().toJson(json);
  }

  private static JsonArray write(List<RecurrentLayerSpec> layers) {
    JsonArray array = new JsonArray();
    layers.forEach(layer -> array.add(JsonParser.parseString(LayerJson.write(layer))));
    return array;
  }

  private static EncoderDecoder read(
      Path file, String text, Backend backend, Map<String, String> notes) {
    TranslationArchitecture architecture;
    double labelSmoothing;
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      int version = member(json, "version").getAsInt();
      if (version != VERSION) {
        throw new RecurException("version " + version);
      }
      architecture =
          new TranslationArchitecture(
              member(json, "sourceVocabulary").getAsInt(),
              member(json, "targetVocabulary").getAsInt(),
              member(json, "embeddingSize").getAsInt(),
              layers(member(json, "encoder")),
              layers(member(json, "decoder")),
              Attention.valueOf(member(json, "attention").getAsString()),
              member(json, "dropout").getAsDouble(),
              DataType.valueOf(member(json, "dataType").getAsString()));
      labelSmoothing = member(json, "labelSmoothing").getAsDouble();
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | ClassCastException
        | RecurException e) {
      throw ModelFileException.unreadable(
          file,
          "an architecture that cannot be understood (" + e.getMessage() + ")",
          "one of version " + VERSION + ", as EncoderDecoder.save writes it",
          "Read it with the version of the library that wrote it.",
          e);
    }
    return new EncoderDecoder(backend, architecture, labelSmoothing, Start.ZEROS, 0, false, notes);
  }

  private static List<RecurrentLayerSpec> layers(JsonElement array) {
    List<RecurrentLayerSpec> layers = new ArrayList<>();
    for (JsonElement layer : array.getAsJsonArray()) {
      layers.add((RecurrentLayerSpec) LayerJson.read(layer.toString()));
    }
    return layers;
  }

  private static JsonElement member(JsonObject json, String name) {
    JsonElement member = json.get(name);
    if (member == null) {
      throw new RecurException("no member '" + name + "'");
    }
    return member;
  }
}
