package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a command says and writes is the same in every default locale of the Java machine. The
 * default run compares one locale with the root locale, the thorough run the others.
 */
class LocaleTest {
  /** Other digits, a decimal comma, and an I whose lower case is no i. */
  private static final List<Locale> OTHERS =
      Stream.of("ar-EG", "fa-IR", "th-TH-u-nu-thai", "tr-TR", "de-DE")
          .map(Locale::forLanguageTag)
          .toList();

  /** Has all of the faults but the last. */
  private static final Locale FIRST = OTHERS.get(0);

  /** Together they have all of the faults. */
  private static final List<Locale> FEW = List.of(FIRST, OTHERS.get(3));

  private static final String CHORALES =
      "{\"train\": [[[60, 64], [62], []], [[62, 65], [60]]],"
          + " \"valid\": [[[60], [64]]], \"test\": [[[60], [62], [64]]]}";

  /**
   * A way to call a command.
   *
   * @param kind what may differ from run to run
   * @param command its words, of {@link Commands}
   * @param rest its arguments, between blanks; ~ for a blank, IN for what the first locale wrote,
   *     OUT for the folder of this run
   */
  private record Call(Kind kind, String command, String rest) {
    String[] arguments(Path in, Path out) {
      return Stream.of((command + " " + rest).trim().split(" +", -1))
          .map(word -> word.replace('~', ' '))
          .map(word -> word.replace("IN/", in + "/").replace("OUT/", out + "/"))
          .toArray(String[]::new);
    }
  }

  private enum Kind {
    /** Nothing. */
    SAME,
    /** Nothing; takes a second or more, and is called in few locales of the thorough run. */
    SLOW,
    /** Times; a training is stopped after a batch. */
    STOPPED,
    /** Times. */
    TIMED;

    List<Locale> byDefault() {
      return this == SLOW ? List.of() : List.of(FIRST);
    }

    List<Locale> thoroughly() {
      List<Locale> locales = new ArrayList<>(this == SLOW || this == STOPPED ? FEW : OTHERS);
      locales.removeAll(byDefault());
      return locales;
    }
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    String tiny = "--backend ejml --epochs 1 --hidden 4 ";
    String names = "--layers 1 --embedding 4 --data IN/female.txt IN/male.txt --batch 40 ";
    add(
        calls,
        Kind.TIMED,
        "train names",
        tiny + names + "--output OUT/names.safetensors --curve OUT/n.png --log OUT/n.jsonl",
        tiny + names + "--output OUT/names2.safetensors --json");
    add(
        calls,
        Kind.TIMED,
        "train chorales",
        tiny + "--quick --data IN/chorales.json --output OUT/chorales.safetensors");
    for (String task :
        "syllables korean blank digits pronounce new-names births adding copy temporal-order"
            .split(" ", -1)) {
      add(
          calls,
          Kind.STOPPED,
          "train " + task,
          tiny + "--quick --out OUT/" + task + ".safetensors");
    }
    predict(calls, "names", "names.safetensors Ada Zoe", "names.safetensors Ada --json");
    predict(calls, "chorales", "chorales.safetensors 60+64+67~62");
    predict(calls, "syllables", "syllables.interrupted.safetensors k~ae~m~er~ax");
    predict(calls, "korean", "korean.interrupted.safetensors 국물");
    predict(calls, "blank", "blank.interrupted.safetensors 기분이~___,~아니!");
    predict(calls, "digits", "digits.interrupted.safetensors 5");
    predict(calls, "pronounce", "pronounce.interrupted.safetensors Iris --picture OUT/p.svg");
    predict(calls, "new-names", "new-names.interrupted.safetensors IRIS");
    predict(calls, "births", "births.interrupted.safetensors 1988-06-30");
    predict(calls, "adding", "adding.interrupted.safetensors 0.1~0.3*~0.5*~0.2");
    predict(calls, "copy", "copy.interrupted.safetensors cab");
    predict(calls, "temporal-order", "temporal-order.interrupted.safetensors abxcdyabb");
    add(calls, Kind.SAME, "evaluate names", "--backend ejml --model IN/names.safetensors");
    add(
        calls,
        Kind.SAME,
        "evaluate chorales",
        "--backend ejml --data IN/chorales.json --model IN/chorales.safetensors");
    for (String task : "digits births new-names adding copy temporal-order".split(" ", -1)) {
      evaluate(calls, Kind.SAME, task, task);
    }
    for (String task : List.of("syllables", "korean", "blank")) {
      evaluate(calls, Kind.SLOW, task, task);
    }
    // Half a minute of beam search; a model of something else is refused.
    evaluate(calls, Kind.SAME, "pronounce", "korean");
    add(
        calls,
        Kind.SAME,
        "generate new-names",
        "--backend ejml --model IN/new-names.interrupted.safetensors --count 3 --start I",
        "--count x");
    add(calls, Kind.SAME, "explain word", "--backend ejml ABI --pictures OUT/word");
    add(
        calls,
        Kind.SAME,
        "explain names",
        "--backend ejml --model IN/names.safetensors IRIS --pictures OUT/names");
    add(
        calls,
        Kind.SAME,
        "inspect",
        "IN/names.safetensors",
        "IN/names.safetensors --json",
        "IN/female.txt");
    add(calls, Kind.SAME, "tasks", "", "--json");
    add(calls, Kind.SAME, "backends", "", "--json");
    add(
        calls,
        Kind.TIMED,
        "gradient-flow",
        "adding --backend ejml --quick --length 12 --hidden 4 --steps 4 --every 2 --remedy clip"
            + " --png OUT/flow.png");
    for (String command : List.of("report tasks", "report performance", "bench", "compare")) {
      add(calls, Kind.SAME, command, "--help");
    }
    return calls;
  }

  private static void add(List<Call> calls, Kind kind, String command, String... ways) {
    Arrays.stream(ways).forEach(way -> calls.add(new Call(kind, command, way)));
  }

  private static void predict(List<Call> calls, String task, String... ways) {
    for (String way : ways) {
      add(calls, Kind.SAME, "predict " + task, "--backend ejml --model IN/" + way);
    }
  }

  private static void evaluate(List<Call> calls, Kind kind, String task, String model) {
    String file = "IN/" + model + ".interrupted.safetensors";
    add(calls, kind, "evaluate " + task, "--backend ejml --quick --model " + file);
  }

  private final Locale before = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void everyCommandIsCalled() {
    assertThat(calls().stream().map(Call::command).collect(Collectors.toSet()))
        .isEqualTo(Commands.all().keySet());
  }

  @Test
  void everyCommandSaysAndWritesTheSameInAnotherLocale() throws IOException {
    compare(Kind::byDefault);
  }

  @Tag("thorough")
  @Test
  void everyCommandSaysAndWritesTheSameInFurtherLocales() throws IOException {
    compare(Kind::thoroughly);
  }

  private void compare(Function<Kind, List<Locale>> choice) throws IOException {
    assertThat(OTHERS).anyMatch(locale -> !String.format(locale, "%d", 308).equals("308"));
    Path root = prepared(Locale.ROOT);
    Map<Locale, Path> folders = new HashMap<>();
    for (Locale locale : OTHERS) {
      folders.put(locale, prepared(locale));
    }
    for (Call call : calls()) {
      List<Locale> locales = choice.apply(call.kind());
      if (locales.isEmpty()) {
        continue;
      }
      Map<String, String> wanted = outcome(call, Locale.ROOT, root, root);
      for (Locale locale : locales) {
        Map<String, String> got = outcome(call, locale, root, folders.get(locale));
        assertThat(got.keySet()).as("%s in %s", call, locale).isEqualTo(wanted.keySet());
        wanted.forEach(
            (place, text) ->
                assertThat(got.get(place)).as("%s in %s: %s", call, locale, place).isEqualTo(text));
      }
    }
  }

  private Path prepared(Locale locale) throws IOException {
    Path place = Files.createDirectory(folder.resolve("in-" + locale.toLanguageTag()));
    for (String label : List.of("female", "male")) {
      Files.write(
          place.resolve(label + ".txt"),
          IntStream.range(0, 200).mapToObj(i -> label + "I" + i).toList());
    }
    Files.writeString(place.resolve("chorales.json"), CHORALES);
    return place;
  }

  /**
   * Standard output; of help in the order of the alphabet. Picocli sorts options by their lower
   * case in the default locale, which a process sets before and this test does not.
   */
  private static String printed(Call call, Run run) {
    return call.rest().equals("--help")
        ? run.out().lines().sorted().collect(Collectors.joining("\n"))
        : run.out();
  }

  /** What a call said and which files it wrote, without what may differ. */
  private Map<String, String> outcome(Call call, Locale locale, Path in, Path out)
      throws IOException {
    Set<String> old = new LinkedHashSet<>(files(out).keySet());
    Locale.setDefault(locale);
    Interruption interruption = call.kind() == Kind.STOPPED ? new CtrlC(1) : new Interruption();
    Run run = Run.of(interruption, call.arguments(in, out));
    Locale.setDefault(before);
    assertThat(run.err()).as("%s in %s", call, locale).doesNotContain("internal error");
    Map<String, String> outcome = new TreeMap<>();
    outcome.put("exit code", Integer.toString(run.code()));
    outcome.put("standard output", steady(call.kind(), printed(call, run), in, out));
    outcome.put("standard error", steady(call.kind(), run.err(), in, out));
    for (Map.Entry<String, byte[]> file : files(out).entrySet()) {
      if (!old.contains(file.getKey())) {
        boolean text = !file.getKey().matches(".*\\.(png|safetensors)");
        byte[] bytes = file.getValue();
        outcome.put(
            file.getKey(),
            text
                ? steady(call.kind(), new String(bytes, StandardCharsets.UTF_8), in, out)
                : new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return outcome;
  }

  private static String steady(Kind kind, String text, Path in, Path out) {
    String placed = text.replace(in.toString(), "FOLDER").replace(out.toString(), "FOLDER");
    return switch (kind) {
      case SAME, SLOW -> placed;
      case STOPPED, TIMED ->
          placed
              .replaceAll(" *[0-9.]+ s\\b", " # s")
              .replaceAll("(\"[a-z]*[sS]econds\": ?)[-0-9.E]+", "$1#");
    };
  }

  private static Map<String, byte[]> files(Path place) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(place)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(place.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
