package org.recur4j.models.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.error.RecurException;

/** Documents are read as they are written, or refused with the place of the fault. */
class JsonFieldsTest {
  @Test
  void readsEveryKindOfMember() {
    JsonFields json =
        JsonFields.parse(
            " {\"n\":-7,\"big\":9007199254740993,\"x\":2.5e-3,\"no\":null,\"yes\":true,\"t\":\"a\","
                + "\"kind\":\"TWO\",\"o\":{\"n\":1},\"a\":[{\"n\":2},{\"n\":3}],\"v\":[1,2.5]} ");
    assertThat(json.count("n", -10)).isEqualTo(-7);
    assertThat(json.whole("big", 0)).isEqualTo(9_007_199_254_740_993L);
    assertThat(json.number("x")).isEqualTo(0.0025);
    assertThat(json.numberOrNull("x")).isEqualTo(0.0025);
    assertThat(json.numberOrNull("no")).isNaN();
    assertThat(json.flag("yes")).isTrue();
    assertThat(json.text("t")).isEqualTo("a");
    assertThat(json.choice("kind", Kind.class)).isEqualTo(Kind.TWO);
    assertThat(json.object("o").count("n", 0)).isEqualTo(1);
    assertThat(json.objects("a")).extracting(each -> each.count("n", 0)).containsExactly(2, 3);
    assertThat(json.has("v")).isTrue();
    assertThatThrownBy(json::end).hasMessage("unknown member 'v'");
    assertThat(json.numbers("v")).containsExactly(1, 2.5);
    json.end();
  }

  private enum Kind {
    ONE,
    TWO
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5.0",
        "5e0",
        "0.5e1",
        "-1",
        "2147483648",
        "9223372036854775808",
        "1e300",
        "\"5\"",
        "null",
        "true",
        "[5]",
        "{}",
        "-0"
      })
  void aCountIsAWholeNumberInItsRange(String token) {
    JsonFields json = JsonFields.parse("{\"a\":{\"b\":" + token + "}}").object("a");
    assertThatThrownBy(() -> json.count("b", 0))
        .isInstanceOf(RecurException.class)
        .hasMessageStartingWith("'a.b' is ")
        .hasMessageEndingWith("expected a whole number from 0 to 2147483647");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'a':1} | 'a' occurs twice",
        "{'a':[{'b':1,'b':2}]} | 'a[0].b' occurs twice",
        "{'a':NaN} | not valid JSON at line 1 column",
        "{'a':+1} | not valid JSON at line 1 column",
        "{'a':01} | not valid JSON at line 1 column",
        "{'a':1,} | not valid JSON at line 1 column",
        "{'a':1 | not valid JSON at line 1 column",
        "{'a':1}{} | not valid JSON at line 1 column",
        "[1] | '[1]' is not a JSON object",
        "{'a':'\\ud800'} | an unpaired surrogate in 'a'",
      })
  void whatIsNoDocumentIsRefused(String text, String part) {
    assertThatThrownBy(() -> JsonFields.parse(text.replace('\'', '"')))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining(part);
  }

  @Test
  void deepAndLongDocumentsAreRefusedAtOnce() {
    assertThatThrownBy(() -> JsonFields.parse("{\"a\":".repeat(1_000_000)))
        .hasMessageContaining("of 5000000 characters, expected at most 4194304");
    assertThatThrownBy(() -> JsonFields.parse("{\"a\":" + "[".repeat(1_000_000)))
        .hasMessageStartingWith("not valid JSON at line 1 column");
    String name = "a".repeat(1_000_000);
    assertThatThrownBy(() -> JsonFields.parse("{\"" + name + "\":" + "1".repeat(1_000_000) + "}"))
        .hasMessageStartingWith("not valid JSON");
    JsonFields wide = JsonFields.parse("{\"" + name + "\":[" + "[],".repeat(500_000) + "[]]}");
    assertThatThrownBy(wide::end)
        .hasMessageStartingWith("unknown member 'aaa")
        .hasMessageEndingWith("…'");
  }

  @Test
  void numeralsAreWrittenInOneWay() {
    for (String text : new String[] {"+5", "05", " 5", "5 ", "5f", "0x5", "\u0665", "1_000", ""}) {
      assertThatThrownBy(() -> new JsonNumber(text).count("n", 0))
          .isInstanceOf(RecurException.class);
      assertThatThrownBy(() -> new JsonNumber(text).finite("n")).isInstanceOf(RecurException.class);
    }
    assertThat(new JsonNumber("2.2E-322").finite("n")).isEqualTo(2.2E-322);
    assertThat(new JsonNumber("-Infinity").any("n")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> new JsonNumber("Infinity").finite("n"))
        .hasMessage("'n' is Infinity, expected a finite number");
    assertThatThrownBy(() -> new JsonNumber("1e400").any("n")).isInstanceOf(RecurException.class);
  }
}
