package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a tree that looks built, with a program in Java's place that says in which locale
 * it was started and which bytes it was given.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherLocaleTest {
  private static final Path LAUNCHER = Path.of("..", "recur4j");
  private static final String SAYS_LOCALE =
      """
      #!/bin/sh
      for last; do :; done
      printf '%s' "$last" | od -An -tx1 | tr -d ' \\n'
      printf '\\nencoding=%s\\n' "$(locale charmap 2>&1)"
      env | grep -E '^(LANG|LC_[A-Z]*)=' | sort
      """;

  @TempDir private Path folder;

  @BeforeEach
  void makeTree() throws IOException {
    for (String module : List.of("examples", "models", "api", "backend-ejml")) {
      Files.createDirectories(folder.resolve(module + "/target/classes"));
      Files.createDirectories(folder.resolve(module + "/src/main"));
      Files.createFile(folder.resolve(module + "/pom.xml"));
    }
    Files.createDirectories(folder.resolve("examples/target/lib"));
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.createDirectories(folder.resolve(".mvn"));
    Files.createFile(folder.resolve("pom.xml"));
    Files.copy(LAUNCHER, folder.resolve("recur4j"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path java = Files.writeString(folder.resolve("jdk/bin/java"), SAYS_LOCALE);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    // Newer than all of the above, so that nothing is built.
    Files.createDirectories(folder.resolve("examples/target/launcher"));
    Path stamp = Files.createFile(folder.resolve("examples/target/launcher/built"));
    assertThat(stamp.toFile().setLastModified(System.currentTimeMillis() + 60_000)).isTrue();
  }

  @Test
  void bringsUtf8WhereTheLocaleHasNone() throws Exception {
    for (Map<String, String> locale :
        List.<Map<String, String>>of(
            Map.of(),
            Map.of("LC_ALL", "C"),
            Map.of("LC_ALL", "POSIX"),
            Map.of("LANG", "C"),
            Map.of("LC_CTYPE", "POSIX"),
            Map.of("LANG", "xx_YY.UTF-8"),
            Map.of("LC_ALL", "xx_YY.UTF-8", "LANG", "C.UTF-8"),
            Map.of("LC_ALL", "xx_YY.ISO-8859-1"),
            Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""))) {
      assertThat(start(locale)).as("%s", locale).startsWith("5a6fc3ab\nencoding=UTF-8\n");
    }
  }

  /** One category that is not installed makes Java give up the whole locale. */
  @Test
  void bringsUtf8WhereAnotherCategoryIsNotInstalled() throws Exception {
    assertThat(start(Map.of("LC_CTYPE", "C.UTF-8", "LC_TIME", "xx_YY.UTF-8")))
        .startsWith("5a6fc3ab\nencoding=UTF-8\n")
        .contains("LC_ALL=C.UTF-8\n");
  }

  @Test
  void keepsWhatElseTheLocaleSays() throws Exception {
    assertThat(start(Map.of("LC_ALL", "C", "LC_TIME", "C.UTF-8")))
        .contains("LANG=C\n", "LC_CTYPE=")
        .doesNotContain("LC_ALL", "LC_TIME");
    assertThat(start(Map.of("LANG", "C", "LC_TIME", "POSIX")))
        .contains("LANG=C\n", "LC_TIME=POSIX\n", "LC_CTYPE=")
        .doesNotContain("LC_ALL");
  }

  @Test
  void changesNothingWhereThereIsUtf8() throws Exception {
    String utf8 =
        start(Map.of()).lines().filter(line -> line.startsWith("LC_")).findFirst().orElseThrow();
    String name = utf8.substring(utf8.indexOf('=') + 1);
    for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      assertThat(start(Map.of(variable, name)))
          .isEqualTo("5a6fc3ab\nencoding=UTF-8\n" + variable + "=" + name + "\n");
    }
  }

  private String start(Map<String, String> locale) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh", "-c", "exec \"$0\" names \"$(printf 'Zo\\303\\253')\"", "./recur4j");
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(locale);
    int code =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start()
            .waitFor();
    String text = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    try (Stream<String> lines = text.lines()) {
      // A shell may warn of a locale that is not installed.
      return lines
          .filter(line -> !line.contains("warning: setlocale"))
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }
}
