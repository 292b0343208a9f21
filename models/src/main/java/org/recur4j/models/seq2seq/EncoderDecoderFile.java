package org.recur4j.models.seq2seq;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.internal.assembly.LayerJson;
import org.recur4j.models.internal.assembly.ParameterFile;
import org.recur4j.models.internal.assembly.StoredShapes;
import org.recur4j.models.internal.assembly.WeightSource;
import org.recur4j.models.internal.json.JsonFields;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;

/**
 * Reads and writes an encoder–decoder as a safetensors file with the architecture in its metadata.
 */
final class EncoderDecoderFile {
  private static final ParameterFile FORM =
      new ParameterFile("EncoderDecoder.save", "recur4j.encoderDecoder");
  private static final int VERSION = 1;

  private EncoderDecoderFile() {}

  static void save(Path file, EncoderDecoder model, Map<String, String> notes) {
    String description = write(model.architecture(), model.labelSmoothing());
    FORM.write(file, model.backend(), model.parameters(), description, notes);
  }

  static EncoderDecoder load(Path path, Backend backend) {
    try (SafeTensorsFile file = SafeTensors.open(path)) {
      Described described = read(path, FORM.description(path, file));
      EncoderDecoderArchitecture architecture = described.architecture();
      StoredShapes stored = new StoredShapes(path, file, architecture.dataType());
      EncoderDecoder model =
          new EncoderDecoder(
              backend,
              architecture,
              described.labelSmoothing(),
              WeightSource.readFrom(stored),
              false,
              ParameterFile.notes(file));
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

  private record Described(EncoderDecoderArchitecture architecture, double labelSmoothing) {}

  static String write(EncoderDecoderArchitecture architecture, double labelSmoothing) {
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
    layers.forEach(layer -> array.add(LayerJson.write(layer)));
    return array;
  }

  private static Described read(Path file, String text) {
    try {
      JsonFields json = JsonFields.parse(text);
      // Checked first, because another version may have other members.
      int version = json.count("version", 0);
      if (version != VERSION) {
        throw new RecurException("version " + version);
      }
      Described described =
          new Described(
              new EncoderDecoderArchitecture(
                  json.count("sourceVocabulary", 1),
                  json.count("targetVocabulary", 1),
                  json.count("embeddingSize", 1),
                  layers(json, "encoder"),
                  layers(json, "decoder"),
                  json.choice("attention", Attention.class),
                  json.number("dropout"),
                  json.choice("dataType", DataType.class)),
              EncoderDecoderBuilder.smoothing(json.number("labelSmoothing")));
      json.end();
      return described;
    } catch (RecurException e) {
      throw ModelFileException.unreadable(
          file,
          "an architecture that cannot be understood (" + e.getMessage() + ")",
          "one of version " + VERSION + ", as EncoderDecoder.save writes it",
          "Read it with the version of the library that wrote it.",
          e);
    }
  }

  private static List<RecurrentLayerSpec> layers(JsonFields json, String side) {
    List<RecurrentLayerSpec> layers = new ArrayList<>();
    for (JsonFields each : json.objects(side)) {
      LayerSpec layer = LayerJson.read(each);
      if (!(layer instanceof RecurrentLayerSpec recurrent)) {
        throw new RecurException("'" + side + "[" + layers.size() + "]' is not a recurrent layer");
      }
      layers.add(recurrent);
    }
    return layers;
  }
}
