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
 * The members of one JSON object of a file. Nothing is converted: a whole number is written as one,
 * a boolean is {@code true} or {@code false}, every member occurs once, and one that no reader asks
 * for is refused by {@link #end}. Errors name the member by its path: {@code
 * layers[2].activation.alpha}.
 */
public final class JsonFields {
  private static final int DEEPEST = 32;

  /** An empty object of two characters takes a hundred bytes of memory. */
  private static final int LONGEST = 1 << 22;

  private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+");

  private final Place place;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();

  private JsonFields(Place place) {
    this.place = place;
  }

  /**
   * Parses a document that is one object.
   *
   * @param text strict JSON (RFC 8259)
   * @return its members
   * @throws RecurException if it is anything else, repeats a member, nests deeper than 32 levels or
   *     is longer than 4194304 characters
   */
  public static JsonFields parse(String text) {
    if (text.length() > LONGEST) {
      throw new RecurException(
          "a document of " + text.length() + " characters, expected at most " + LONGEST);
    }
    // Gson skips a byte order mark, which JSON does not have.
    if (text.startsWith("\uFEFF")) {
      throw new RecurException("a byte order mark before the JSON object");
    }
    try (JsonReader json = new JsonReader(new StringReader(text))) {
      json.setStrictness(Strictness.STRICT);
      json.setNestingLimit(DEEPEST);
      if (!(value(json, Place.ROOT) instanceof JsonFields document)) {
        throw new RecurException("'" + Excerpt.of(text) + "' is no JSON object");
      }
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new RecurException("text after the JSON object");
      }
      return document;
    } catch (IOException e) {
      // Gson's own words advise the programmer and quote names of any length.
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      throw new RecurException("no valid JSON" + (place.find() ? place.group() : ""), e);
    }
  }

  private static Object value(JsonReader json, Place place) throws IOException {
    JsonToken token = json.peek();
    return switch (token) {
      case BEGIN_OBJECT -> object(json, place);
      case BEGIN_ARRAY -> array(json, place);
      case STRING -> wellFormed(json.nextString(), place);
      case NUMBER -> new Numeral(json.nextString());
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
      throw new RecurException("half a surrogate pair in '" + place + "'");
    }
    return text;
  }

  /**
   * Whether there is such a member.
   *
   * @param name of the member
   * @return true even if it is null
   */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * A whole number.
   *
   * @param name of the member
   * @param least smallest value
   * @return at most 2147483647
   * @throws RecurException if it is missing or anything else
   */
  public int count(String name, int least) {
    String expected = "a whole number from " + least + " to " + Integer.MAX_VALUE;
    return get(name, Numeral.class, expected).count(place.member(name).toString(), least);
  }

  /**
   * A whole number that may be larger than an int.
   *
   * @param name of the member
   * @param least smallest value
   * @return its value
   * @throws RecurException if it is missing or anything else
   */
  public long whole(String name, long least) {
    String expected = "a whole number from " + least + " to " + Long.MAX_VALUE;
    return get(name, Numeral.class, expected)
        .whole(place.member(name).toString(), least, Long.MAX_VALUE);
  }

  /**
   * A finite number.
   *
   * @param name of the member
   * @return its value
   * @throws RecurException if it is missing or anything else
   */
  public double number(String name) {
    return get(name, Numeral.class, "a finite number").finite(place.member(name).toString());
  }

  /**
   * A finite number, or {@code null}, which stands for one that was not finite.
   *
   * @param name of the member
   * @return its value, NaN for null
   * @throws RecurException if it is missing or anything else
   */
  public double numberOrNull(String name) {
    if (members.get(name) == Nothing.NULL) {
      read.add(name);
      return Double.NaN;
    }
    return number(name);
  }

  /**
   * Finite numbers.
   *
   * @param name of the member
   * @return its elements
   * @throws RecurException if it is missing or anything else
   */
  public double[] numbers(String name) {
    List<?> elements = get(name, List.class, "an array of finite numbers");
    double[] numbers = new double[elements.size()];
    for (int i = 0; i < numbers.length; i++) {
      Place element = place.member(name).element(i);
      Numeral number = as(element, elements.get(i), Numeral.class, "a finite number");
      numbers[i] = number.finite(element.toString());
    }
    return numbers;
  }

  /**
   * A boolean.
   *
   * @param name of the member
   * @return its value
   * @throws RecurException if it is missing or anything else
   */
  public boolean flag(String name) {
    return get(name, Boolean.class, "true or false");
  }

  /**
   * A text.
   *
   * @param name of the member
   * @return its value
   * @throws RecurException if it is missing or anything else
   */
  public String text(String name) {
    return get(name, String.class, "a text");
  }

  /**
   * A constant by its name.
   *
   * @param <E> the type
   * @param name of the member
   * @param type the enumeration
   * @return the constant
   * @throws RecurException if it is missing or anything else
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
    throw Numeral.refuse(place.member(name).toString(), "'" + text + "'", expected);
  }

  /**
   * An object.
   *
   * @param name of the member
   * @return its members
   * @throws RecurException if it is missing or anything else
   */
  public JsonFields object(String name) {
    return get(name, JsonFields.class, "an object");
  }

  /**
   * An array of objects.
   *
   * @param name of the member
   * @return its elements
   * @throws RecurException if it is missing or anything else
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
   * Refuses members that nobody has read: what a reader does not know may change what the rest
   * means.
   *
   * @throws RecurException if there is one
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
      throw Numeral.refuse(place.toString(), described(value), expected);
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
    if (value instanceof Numeral number) {
      return number.text();
    }
    return value == Nothing.NULL
        ? "null"
        : value instanceof String ? "'" + value + "'" : "" + value;
  }

  /** JSON's null, which a map of members tells from an absent one. */
  private enum Nothing {
    NULL
  }

  /** Where a value stands; spelled out for messages only, because names may be long. */
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
