package org.recur4j.models.network;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import org.recur4j.models.layer.LayerSpec;

/** A layer's description as JSON, for models that are more than a list of layers. */
public final class LayerJson {
  private LayerJson() {}

  /**
   * Writes a layer.
   *
   * @param layer its description
   * @return one JSON object; equal layers give equal texts
   */
  public static String write(LayerSpec layer) {
    return new Gson().toJson(ArchitectureJson.write(layer));
  }

  /**
   * Reads a layer.
   *
   * @param text what {@link #write} wrote
   * @return the description
   * @throws RuntimeException if the text says anything else; the message says what
   */
  public static LayerSpec read(String text) {
    return ArchitectureJson.readLayer(JsonParser.parseString(text).getAsJsonObject());
  }
}
