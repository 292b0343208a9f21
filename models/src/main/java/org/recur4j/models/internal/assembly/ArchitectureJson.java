package org.recur4j.models.internal.assembly;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.internal.json.JsonFields;

/** Architectures as JSON, with keys in a fixed order, so that equal ones give equal bytes. */
public final class ArchitectureJson {
  private static final int VERSION = 2;

  private ArchitectureJson() {}

  public static String write(Architecture architecture) {
    JsonObject json = new JsonObject();
    json.addProperty("version", VERSION);
    json.addProperty("topology", architecture.topology().name());
    json.addProperty("features", architecture.features());
    json.addProperty("dataType", architecture.dataType().name());
    json.addProperty("answer", architecture.answer().name());
    JsonArray layers = new JsonArray();
    architecture.layers().forEach(layer -> layers.add(LayerJson.write(layer)));
    json.add("layers", layers);
    return new Gson().toJson(json);
  }

  /** Reads what {@link #write} wrote; the message of any error names the file. */
  public static Architecture read(Path file, String text) {
    try {
      JsonFields json = JsonFields.parse(text);
      // The version comes first, because other versions may have other members.
      int version = json.count("version", 0);
      if (version != VERSION) {
        throw new RecurException("version " + version);
      }
      List<LayerSpec> layers = new ArrayList<>();
      json.objects("layers").forEach(layer -> layers.add(LayerJson.read(layer)));
      Architecture architecture =
          new Architecture(
              json.choice("topology", Topology.class),
              json.count("features", 0),
              json.choice("dataType", DataType.class),
              layers,
              json.choice("answer", OutputKind.class));
      json.end();
      return architecture;
    } catch (RecurException e) {
      throw ModelFileException.unreadable(
          file,
          "an invalid architecture (" + e.getMessage() + ")",
          "one of version " + VERSION + ", as Network.save writes it",
          "Read it with the version of the library that wrote it.",
          e);
    }
  }
}
