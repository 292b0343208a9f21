package org.recur4j.models.internal.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.recur4j.api.error.RecurException;

/**
 * The members of a JSON object, read strictly. Values are not converted: a whole number must be
 * written as one, a boolean must be {@code true} or {@code false}, members must be unique, and a
 * member that is not read is refused by {@link #end}. Messages contain the path of the member, such
 * as {@code layers[2].activation.alpha}.
 */
public final class JsonFields {
  private static final int DEEPEST = 32;

  /** Bounds the memory: an empty object of two characters takes a hundred bytes. */
  private static final int LONGEST = 1 << 22;

  private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+");

  private final Place place;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();

  private JsonFields(Place place) {
    this.place = place;
  }

  /**
   * Parses a document that consists of one object.
   *
   * @param text strict JSON (RFC 8259)
   * @return the members of the object
   * @throws RecurException if the text is not such a document, repeats a member, nests deeper than
   *     32 levels or is longer than 4194304 characters
   */
  public static JsonFields parse(String text) {
    if (text.length() > LONGEST) {
      throw new RecurException(
          "a document of " + text.length() + " characters, expected at most " + LONGEST);
    }
    // Gson skips a byte order mark, which JSON does not allow.
    if (text.startsWith("\uFEFF")) {
      throw new RecurException("a byte order mark before the JSON object");
    }
    try (JsonReader json = new JsonReader(new StringReader(text))) {
      json.setStrictness(Strictness.STRICT);
      json.setNestingLimit(DEEPEST);
      if (!(value(json, Place.ROOT) instanceof JsonFields document)) {
        throw new RecurException("'" + Excerpt.of(text) + "' is not a JSON object");
      }
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new RecurException("text after the JSON object");
      }
      return document;
    } catch (IOException e) {
      // Gson's message addresses programmers and may quote names of any length.
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      throw new RecurException("not valid JSON" + (place.find() ? place.group() : ""), e);
    }
  }

  private static Object value(JsonReader json, Place place) throws IOException {
    JsonToken token = json.peek();
    return switch (token) {
      case BEGIN_OBJECT -> object(json, place);
      case BEGIN_ARRAY -> array(json, place);
      case STRING -> wellFormed(json.nextString(), place);
      case NUMBER -> new JsonNumber(json.nextString());
      case BOOLEAN -> json.nextBoolean();
      case NULL -> {
        json.nextNull();
        yield Nothing.NULL;
      }
      default -> throw new IOException("unexpected " + token);
    };
  }

  private static JsonFields object(JsonReader json, Place place) throws IOException {
    JsonFields object = new JsonFields(place);
    json.beginObject();
    while (json.hasNext()) {
      String name = wellFormed(json.nextName(), place);
      Place member = place.member(name);
      if (object.members.put(name, value(json, member)) != null) {
        throw new RecurException("'" + member + "' occurs twice");
      }
    }
    json.endObject();
    return object;
  }

  private static List<Object> array(JsonReader json, Place place) throws IOException {
    List<Object> elements = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      elements.add(value(json, place.element(elements.size())));
    }
    json.endArray();
    return elements;
  }

  private static String wellFormed(String text, Place place) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new RecurException("an unpaired surrogate in '" + place + "'");
    }
    return text;
  }

  /**
   * Returns whether a member exists.
   *
   * @param name name of the member
   * @return true even if its value is null
   */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * Returns a whole number.
   *
   * @param name name of the member
   * @param least minimum value
   * @return the value, at most 2147483647
   * @throws RecurException if the member is missing or not such a number
   */
  public int count(String name, int least) {
    String expected = "a whole number from " + least + " to " + Integer.MAX_VALUE;
    return get(name, JsonNumber.class, expected).count(place.member(name).toString(), least);
  }

  /**
   * Returns a whole number that may exceed the range of an int.
   *
   * @param name name of the member
   * @param least minimum value
   * @return the value
   * @throws RecurException if the member is missing or not such a number
   */
  public long whole(String name, long least) {
    String expected = "a whole number from " + least + " to " + Long.MAX_VALUE;
    return get(name, JsonNumber.class, expected)
        .whole(place.member(name).toString(), least, Long.MAX_VALUE);
  }

  /**
   * Returns a finite number.
   *
   * @param name name of the member
   * @return the value
   * @throws RecurException if the member is missing or not such a number
   */
  public double number(String name) {
    return get(name, JsonNumber.class, "a finite number").finite(place.member(name).toString());
  }

  /**
   * Returns a finite number, or NaN for {@code null}, which represents a number that was not
   * finite.
   *
   * @param name name of the member
   * @return the value, NaN for null
   * @throws RecurException if the member is missing or neither such a number nor null
   */
  public double numberOrNull(String name) {
    if (members.get(name) == Nothing.NULL) {
      read.add(name);
      return Double.NaN;
    }
    return number(name);
  }

  /**
   * Returns all members, each a finite number or {@code null}.
   *
   * @return their values by their names, in their order, NaN for null
   * @throws RecurException if one is anything else
   */
  public Map<String, Double> numbersOrNull() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    members.keySet().forEach(name -> numbers.put(name, numberOrNull(name)));
    return numbers;
  }

  /**
   * Returns an array of finite numbers.
   *
   * @param name name of the member
   * @return the elements
   * @throws RecurException if the member is missing or not such an array
   */
  public double[] numbers(String name) {
    List<?> elements = get(name, List.class, "an array of finite numbers");
    double[] numbers = new double[elements.size()];
    for (int i = 0; i < numbers.length; i++) {
      Place element = place.member(name).element(i);
      JsonNumber number = as(element, elements.get(i), JsonNumber.class, "a finite number");
      numbers[i] = number.finite(element.toString());
    }
    return numbers;
  }

  /**
   * Returns a boolean.
   *
   * @param name name of the member
   * @return the value
   * @throws RecurException if the member is missing or not a boolean
   */
  public boolean flag(String name) {
    return get(name, Boolean.class, "true or false");
  }

  /**
   * Returns a string.
   *
   * @param name name of the member
   * @return the value
   * @throws RecurException if the member is missing or not a string
   */
  public String text(String name) {
    return get(name, String.class, "a string");
  }

  /**
   * Returns an enum constant by its name.
   *
   * @param <E> type of the enum
   * @param name name of the member
   * @param type class of the enum
   * @return the constant
   * @throws RecurException if the member is missing or not the name of a constant
   */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    String expected =
        Arrays.stream(type.getEnumConstants())
            .map(Enum::name)
            .collect(Collectors.joining(", ", "one of ", ""));
    String text = get(name, String.class, expected);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw JsonNumber.refuse(place.member(name).toString(), "'" + text + "'", expected);
  }

  /**
   * Returns an object.
   *
   * @param name name of the member
   * @return the members of the object
   * @throws RecurException if the member is missing or not an object
   */
  public JsonFields object(String name) {
    return get(name, JsonFields.class, "an object");
  }

  /**
   * Returns an array of objects.
   *
   * @param name name of the member
   * @return the elements
   * @throws RecurException if the member is missing or not such an array
   */
  public List<JsonFields> objects(String name) {
    List<?> elements = get(name, List.class, "an array of objects");
    List<JsonFields> objects = new ArrayList<>();
    for (Object element : elements) {
      Place each = place.member(name).element(objects.size());
      objects.add(as(each, element, JsonFields.class, "an object"));
    }
    return objects;
  }

  /**
   * Refuses members that have not been read, because an unknown member may change the meaning of
   * the others.
   *
   * @throws RecurException if there is such a member
   */
  public void end() {
    for (String name : members.keySet()) {
      if (!read.contains(name)) {
        throw new RecurException("unknown member '" + place.member(name) + "'");
      }
    }
  }

  private <T> T get(String name, Class<T> type, String expected) {
    Object member = members.get(name);
    if (member == null) {
      throw new RecurException("no member '" + place.member(name) + "'");
    }
    read.add(name);
    return as(place.member(name), member, type, expected);
  }

  private static <T> T as(Place place, Object value, Class<T> type, String expected) {
    if (!type.isInstance(value)) {
      throw JsonNumber.refuse(place.toString(), described(value), expected);
    }
    return type.cast(value);
  }

  private static String described(Object value) {
    if (value instanceof JsonFields) {
      return "an object";
    }
    if (value instanceof List) {
      return "an array";
    }
    if (value instanceof JsonNumber number) {
      return number.text();
    }
    return value == Nothing.NULL
        ? "null"
        : value instanceof String ? "'" + value + "'" : "" + value;
  }

  /** JSON's null, to distinguish it from an absent member. */
  private enum Nothing {
    NULL
  }

  /** The path of a value, converted to text only for messages, because names may be long. */
  private record Place(Place parent, String name, int index) {
    static final Place ROOT = new Place(null, "", -1);

    Place member(String member) {
      return new Place(this, member, -1);
    }

    Place element(int place) {
      return new Place(this, "", place);
    }

    @Override
    public String toString() {
      if (parent == null) {
        return "";
      }
      String before = parent.toString();
      String own = index >= 0 ? "[" + index + "]" : Excerpt.of(name);
      return before + (before.isEmpty() || index >= 0 ? "" : ".") + own;
    }
  }
}
