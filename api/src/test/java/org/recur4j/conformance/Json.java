package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of JSON (RFC 8259) for published cases: objects are maps, arrays lists, numbers
 * doubles. The kit needs no library this way.
 */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.space();
    if (json.at != text.length()) {
      throw json.wrong("the end");
    }
    return value;
  }

  private Object value() {
    space();
    char next = at < text.length() ? text.charAt(at) : '\0';
    return switch (next) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    if (!next('}')) {
      do {
        space();
        String key = string();
        space();
        expect(':');
        if (members.containsKey(key)) {
          throw wrong("a key other than '" + key + "' again");
        }
        members.put(key, value());
      } while (next(','));
      space();
      expect('}');
    }
    return members;
  }

  private List<Object> array() {
    List<Object> entries = new ArrayList<>();
    expect('[');
    if (!next(']')) {
      do {
        entries.add(value());
      } while (next(','));
      space();
      expect(']');
    }
    return entries;
  }

  private String string() {
    expect('"');
    StringBuilder characters = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char character = text.charAt(at++);
      if (character < ' ') {
        throw wrong("an escaped control character");
      }
      characters.append(character == '\\' ? escaped() : character);
    }
    expect('"');
    return characters.toString();
  }

  private char escaped() {
    char code = at < text.length() ? text.charAt(at++) : '\0';
    int known = "\"\\/bfnrt".indexOf(code);
    if (known >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(known);
    }
    if (code != 'u' || at + 4 > text.length()) {
      throw wrong("an escape sequence");
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private Double number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(from, at);
    if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
      throw wrong("a value");
    }
    return Double.valueOf(digits);
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private boolean next(char wanted) {
    space();
    boolean found = at < text.length() && text.charAt(at) == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char wanted) {
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw wrong("'" + wanted + "'");
    }
    at++;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("JSON: expected " + expected + " at character " + at);
  }
}
