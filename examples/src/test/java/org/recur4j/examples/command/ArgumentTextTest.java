package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.recur4j.api.error.InvalidArgumentException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ArgumentTextTest {
  private static final String DAMAGED = "Zo\uFFFD\uFFFD";
  private static final ArgumentText UTF8 = new ArgumentText(StandardCharsets.UTF_8, false);
  private static final ArgumentText ASCII = new ArgumentText(StandardCharsets.US_ASCII, false);
  private static final ArgumentText LATIN = new ArgumentText(StandardCharsets.ISO_8859_1, false);
  private static final ArgumentText KOREAN = new ArgumentText(Charset.forName("EUC-KR"), false);
  private static final ArgumentText WINDOWS =
      new ArgumentText(Charset.forName("windows-1252"), true);

  /** The argument itself and the value of one option. */
  @TestFactory
  Stream<DynamicTest> noCommandAnswersADamagedArgument() {
    return ofEveryCommand(1);
  }

  /** The value of every option that takes one. */
  @Tag("thorough")
  @TestFactory
  Stream<DynamicTest> noOptionTakesADamagedValue() {
    return ofEveryCommand(Integer.MAX_VALUE);
  }

  private static Stream<DynamicTest> ofEveryCommand(int options) {
    return Commands.all().entrySet().stream()
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.getKey(),
                    () -> refusesDamage(command.getKey(), command.getValue(), options)));
  }

  private static void refusesDamage(String words, CommandLine command, int options) {
    refuses(words, DAMAGED);
    command.getCommandSpec().options().stream()
        .filter(option -> option.arity().max() > 0)
        .limit(options)
        .map(OptionSpec::longestName)
        .forEach(
            name -> {
              refuses(words, name, DAMAGED);
              refuses(words, name + "=" + DAMAGED);
            });
  }

  private static void refuses(String words, String... more) {
    List<String> arguments = new ArrayList<>(List.of(words.split(" ", -1)));
    arguments.addAll(List.of(more));
    Run.of(arguments.toArray(String[]::new))
        .refuses(ExitCode.BAD_INPUT, "read the arguments: got '", DAMAGED, "characters were lost");
  }

  @Test
  void saysWhatToDo() {
    assertThatThrownBy(() -> ASCII.check(DAMAGED))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage(
            "read the arguments: got '"
                + DAMAGED
                + "', in which characters were lost; expected text in UTF-8, while Java reads"
                + " arguments as US-ASCII. Set LC_ALL=C.UTF-8, or start ./recur4j, which brings"
                + " UTF-8 along.");
    assertThatThrownBy(() -> UTF8.check(DAMAGED))
        .hasMessageEndingWith("expected text in UTF-8. Write it in UTF-8.");
  }

  /** The bytes of a UTF-8 terminal, decoded by a locale that says something else. */
  @Test
  void refusesUtf8ThatWasReadAsSomethingElse() {
    for (String text : List.of("Zo\u00EB", "\uAD6D\uBB3C", "\u00E9t\u00E9.safetensors")) {
      for (ArgumentText reader : List.of(LATIN, KOREAN)) {
        String misread = new String(text.getBytes(StandardCharsets.UTF_8), reader.encoding());
        assertThat(misread).isNotEqualTo(text);
        assertThatThrownBy(() -> reader.check(misread))
            .as(misread)
            .isInstanceOf(InvalidArgumentException.class)
            .hasMessageContaining("got '" + misread + "', ");
      }
    }
  }

  @Test
  void refusesHalfAPairAndOnWindowsAQuestionMark() {
    assertThatThrownBy(() -> UTF8.check("a\uD83D")).hasMessageContaining("characters were lost");
    assertThatThrownBy(() -> WINDOWS.check("?"))
        .hasMessageContaining("'?' may stand for a character that was lost")
        .hasMessageContaining("language settings");
  }

  @Test
  void letsPassWhatIsWhole() {
    Map<ArgumentText, List<String>> whole =
        Map.of(
            UTF8, List.of("", "Ada", "?", "Zo\u00EB", "Zoe\u0308", "\uAD6D", "\uD83D\uDE00"),
            ASCII, List.of("", "Ada", "?", "Zo?", "\uAD6D"),
            LATIN, List.of("?", "Zo\u00EB", "\uAD6D"),
            KOREAN, List.of("\uAD6D\uBB3C"),
            WINDOWS, List.of("Zo\u00EB", "C:\\names"));
    whole.forEach(
        (reader, texts) ->
            texts.forEach(
                text -> assertThatCode(() -> reader.check(text)).doesNotThrowAnyException()));
  }
}
