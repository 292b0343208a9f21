package org.recur4j.models.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JSON document with one of its values changed to something that its writer never wrote there.
 */
public final class ChangedDocuments {
  /** 600 million rows of three doubles are more than any heap that tests run in. */
  private static final List<String> TOKENS =
      List.of(
          "0",
          "-1",
          "3.5",
          "5e0",
          "600000000",
          "2147483647",
          "2147483648",
          "1e300",
          "1e400",
          "NaN",
          "\"5\"",
          "null",
          "true",
          "[5]",
          "{}");

  private ChangedDocuments() {}

  /**
   * Every value of a document in turn, changed in every way, taken away, doubled, or with another
   * member beside it.
   *
   * @param document one JSON object
   * @return texts, none equal to the document
   */
  public static List<String> of(String document) {
    JsonElement whole = JsonParser.parseString(document);
    List<JsonElement> places = new ArrayList<>();
    collect(whole, places);
    List<String> changed = new ArrayList<>();
    for (JsonElement place : places) {
      for (String token : TOKENS) {
        changed.add(write(whole, place, token));
      }
    }
    changed.removeIf(text -> text.equals(write(whole, null, "")));
    for (int i = 0; i < document.length(); i++) {
      if (document.charAt(i) == '{') {
        changed.add(document.substring(0, i + 1) + "\"other\":1," + document.substring(i + 1));
      }
    }
    int member = document.lastIndexOf(",\"");
    changed.add(document.substring(0, member) + "}");
    changed.add(document.substring(0, document.length() - 1) + document.substring(member));
    changed.add("\uFEFF" + document);
    changed.add(document + "{}");
    changed.add("[".repeat(100_000));
    changed.add("{\"version\":".repeat(100_000));
    changed.add("{\"version\":" + "1".repeat(100_000) + "}");
    changed.add("");
    return changed;
  }

  /**
   * Whether two documents say the same, whatever their numbers look like.
   *
   * @param left strict JSON
   * @param right strict JSON
   * @return true if members, texts and the numbers' values are equal
   */
  public static boolean equal(String left, String right) {
    return JsonParser.parseString(left).equals(JsonParser.parseString(right))
        && !left.contains("NaN");
  }

  /** By identity, because equal values stand in many places. */
  private static void collect(JsonElement element, List<JsonElement> places) {
    places.add(element);
    if (element instanceof JsonObject object) {
      object.entrySet().forEach(member -> collect(member.getValue(), places));
    } else if (element instanceof JsonArray array) {
      array.forEach(each -> collect(each, places));
    }
  }

  private static String write(JsonElement element, JsonElement place, String token) {
    if (element == place) {
      return token;
    }
    List<String> parts = new ArrayList<>();
    if (element instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> member : object.entrySet()) {
        String name = new JsonPrimitive(member.getKey()).toString();
        parts.add(name + ":" + write(member.getValue(), place, token));
      }
      return "{" + String.join(",", parts) + "}";
    }
    if (element instanceof JsonArray array) {
      array.forEach(each -> parts.add(write(each, place, token)));
      return "[" + String.join(",", parts) + "]";
    }
    return element.toString();
  }
}
