package org.recur4j.api.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.kernel.CellSteps;
import org.recur4j.api.kernel.Elementwise;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.tensor.DataType;

/**
 * {@code docs/adding-a-backend.md} shows the toy's own lines, describes every kernel and names what
 * the build has. That its project builds and passes the kit is tested outside this build.
 */
class AddingABackendTest {
  private static final Path TOY = Path.of("src/test/java/org/recur4j/conformance/toy");
  private static final Path SPI = Path.of("src/main/java/org/recur4j/api/spi");
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern HEADING = Pattern.compile("(?m)^##+ (.+)$");
  private static final Pattern CONTENTS = Pattern.compile("(?m)^ *\\* \\[(.+)]\\(#(.+)\\)$");
  private static final Pattern METHOD = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  private final String page = read(Path.of("../docs/adding-a-backend.md"));
  private final String parent = read(Path.of("../pom.xml"));

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Line breaks and indentation are the formatter's business; everything else must agree. */
  private static String tokens(String code) {
    return code.replaceAll("\\s+", "");
  }

  @Test
  void everySnippetIsTheToysOwnCode() throws IOException {
    List<String> toy = sources(TOY).stream().map(file -> tokens(read(file))).toList();
    List<String> snippets = JAVA.matcher(page).results().map(found -> found.group(1)).toList();

    assertThat(snippets).hasSizeGreaterThan(15);
    assertThat(snippets)
        .allSatisfy(s -> assertThat(toy).anyMatch(source -> source.contains(tokens(s))));
  }

  static List<Class<?>> families() {
    List<Class<?>> families = new ArrayList<>(List.of(Kernels.class.getInterfaces()));
    families.add(families.indexOf(CellSteps.class), Elementwise.class);
    return families;
  }

  /** Methods that a backend may write, in no order. */
  private static List<Method> kernels(Class<?> family) {
    return Arrays.stream(family.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && Modifier.isPublic(method.getModifiers()))
        .toList();
  }

  private String section(String heading) {
    int start = page.indexOf("\n### " + heading + "\n");
    assertThat(start).as("a section " + heading).isPositive();
    int end = page.indexOf("\n##", start + 1);
    return page.substring(start, end);
  }

  @ParameterizedTest
  @MethodSource("families")
  void aFamilysTableHasEachOfItsKernelsOnce(Class<?> family) {
    List<String> rows =
        METHOD.matcher(section(family.getSimpleName())).results().map(row -> row.group(1)).toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            kernels(family).stream().map(Method::getName).toList());
  }

  @Test
  void thePageCountsTheKernels() {
    List<Method> all = families().stream().flatMap(family -> kernels(family).stream()).toList();
    long optional = all.stream().filter(Method::isDefault).count();

    assertThat(page)
        .contains(all.size() - optional + " methods in six families; " + optional + " more have");
    assertThat(families()).hasSize(7);
    assertThat(kernels(CellSteps.class)).allMatch(Method::isDefault).hasSize((int) optional);
  }

  @Test
  void theContentsListEveryHeading() {
    List<String> listed = new ArrayList<>();
    Matcher entry = CONTENTS.matcher(page);
    while (entry.find()) {
      listed.add(entry.group(1));
      String anchor = entry.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "");
      assertThat(entry.group(2)).isEqualTo(anchor.replace(' ', '-'));
    }

    assertThat(HEADING.matcher(page).results().map(found -> found.group(1)))
        .containsExactlyElementsOf(listed);
  }

  @Test
  void thePageNamesEveryPublicTypeOfTheSpi() throws IOException {
    for (Path file : sources(SPI)) {
      String name = file.getFileName().toString().replace(".java", "");
      if (Pattern.compile("(?m)^public .*\\b" + name + "\\b").matcher(read(file)).find()) {
        assertThat(page).contains("`" + name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  <version>([^<]+)</version>\n  <packaging>",
        "<junit.version>([^<]+)</",
        "maven-compiler-plugin</artifactId>\\s+<version>([^<]+)</",
        "maven-surefire-plugin</artifactId>\\s+<version>([^<]+)</",
        "maven-dependency-plugin</artifactId>\\s+<version>([^<]+)</",
        "<maven.compiler.release>([^<]+)</"
      })
  void theVersionsAreThoseOfThisBuild(String place) {
    Matcher version = Pattern.compile(place).matcher(parent);
    assertThat(version.find()).as(place).isTrue();

    assertThat(page).containsPattern("[:>]" + Pattern.quote(version.group(1)) + "[:<]");
  }

  @Test
  void theTolerancesAreThoseOfTheKit() {
    assertThat(row("outputs, states, kernels"))
        .containsExactly(
            AllowedError.forward(DataType.FLOAT32), AllowedError.forward(DataType.FLOAT64));
    assertThat(row("gradients"))
        .containsExactly(
            AllowedError.gradient(DataType.FLOAT32), AllowedError.gradient(DataType.FLOAT64));
  }

  private List<Double> row(String title) {
    Matcher row =
        Pattern.compile("(?m)^\\| " + title + " \\| (\\S+) \\| (\\S+) \\|$").matcher(page);
    assertThat(row.find()).as(title).isTrue();
    return List.of(Double.valueOf(row.group(1)), Double.valueOf(row.group(2)));
  }
}
