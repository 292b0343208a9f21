package org.recur4j.examples.page;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.util.List;

/** A page's figures for programs. */
final class Figures {
  private Figures() {}

  /** JSON that can stand inside a script element: Gson writes {@code <}, {@code >} as escapes. */
  static String json(String title, List<Page.Section> sections) {
    // JSON has no word for what is not a number.
    JsonSerializer<Double> finite =
        (value, type, context) ->
            Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    var gson =
        new GsonBuilder()
            .serializeNulls()
            .registerTypeAdapter(double.class, finite)
            .registerTypeAdapter(Double.class, finite)
            .create();
    JsonArray blocks = new JsonArray();
    for (Page.Section section : sections) {
      for (Block block : section.blocks()) {
        JsonObject entry = new JsonObject();
        entry.addProperty("section", section.heading());
        entry.addProperty("kind", block.getClass().getSimpleName());
        JsonElement content = gson.toJsonTree(block);
        entry.add("content", content);
        blocks.add(entry);
      }
    }
    JsonObject page = new JsonObject();
    page.addProperty("title", title);
    page.add("blocks", blocks);
    return gson.toJson(page);
  }
}
