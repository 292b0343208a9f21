package org.recur4j.examples.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Plants one violation for each rule, in classes compiled here, and sees the rule report it. */
class PlantedViolationTest {
  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|interface) (\\w+)");

  @TempDir private Path folder;

  /** Sources that break one rule, and what its message must say. */
  private record Violation(String reported, List<String> sources) {
    static Violation of(String reported, String... sources) {
      return new Violation(reported, List.of(sources));
    }
  }

  private static Map<String, Violation> violations() {
    Map<String, Violation> planted = new LinkedHashMap<>();
    planted.put(
        "nothing lies outside the modules",
        Violation.of(
            "org.recur4j.stray.Lost> does not reside",
            "package org.recur4j.stray; public class Lost {}"));
    importing(planted, "what api imports", "org.recur4j.api.planted", "com.google.gson");
    importing(planted, "what models imports", "org.recur4j.models.planted", "picocli");
    importing(planted, "what examples imports", "org.recur4j.examples.planted", "org.ejml");
    importing(planted, "what ejml imports", "org.recur4j.backend.ejml", "org.slf4j");
    importing(planted, "what nd4j imports", "org.recur4j.backend.nd4j", "jcuda");
    importing(planted, "what cuda imports", "org.recur4j.backend.cuda", "org.recur4j.models.data");
    importing(planted, "the room of org.ejml..", "org.recur4j.backend.nd4j", "org.ejml.data");
    importing(planted, "the room of org.nd4j..", "org.recur4j.backend.cuda", "org.nd4j.linalg");
    importing(planted, "the room of jcuda..", "org.recur4j.examples.planted", "jcuda.driver");
    importing(
        planted, "the room of com.google.inject..", "org.recur4j.models.file", "com.google.inject");
    importing(
        planted, "the room of com.google.gson..", "org.recur4j.backend.nd4j", "com.google.gson");
    importing(planted, "the room of picocli..", "org.recur4j.models.file", "picocli");
    importing(planted, "the room of me.tongfei..", "org.recur4j.models.file", "me.tongfei.bar");
    importing(planted, "the room of org.knowm..", "org.recur4j.models.metric", "org.knowm.xchart");
    importing(
        planted,
        "the room of org.apache.batik..",
        "org.recur4j.models.metric",
        "org.apache.batik.svggen");
    for (String backend : List.of("ejml", "nd4j", "cuda")) {
      importing(
          planted,
          "nobody imports org.recur4j.backend." + backend + "..",
          "org.recur4j.models.planted",
          "org.recur4j.backend." + backend);
    }
    planted.put(
        "only providers of backends are public",
        Violation.of(
            "org.recur4j.backend.ejml.OpenKernels> does not implement",
            "package org.recur4j.backend.ejml; public class OpenKernels {}"));
    for (String backend : List.of("ejml", "nd4j", "cuda")) {
      String declaration = "package org.recur4j.backend." + backend + "; public class ";
      planted.put(
          "the one public class of " + backend,
          Violation.of(
              "there is/are 2 element(s)",
              declaration + "FirstProvider {}",
              declaration + "SecondProvider {}"));
    }
    for (String module : List.of("api", "models", "examples")) {
      String one = "org.recur4j." + module + ".one";
      String two = "org.recur4j." + module + ".two";
      planted.put(
          "no package cycles in " + module,
          Violation.of(
              "Slice one -> ",
              "package " + one + "; public class Here { " + two + ".There there; }",
              "package " + two + "; public class There { " + one + ".Here here; }"));
    }
    planted.put(
        "no package cycles in backends",
        Violation.of(
            "Cycle detected: Slice cuda -> ",
            "package org.recur4j.backend.cuda; public class Here {"
                + " org.recur4j.backend.cuda.kernel.There there; }",
            "package org.recur4j.backend.cuda.kernel; public class There {"
                + " org.recur4j.backend.cuda.Here here; }"));
    importing(
        planted,
        "the layers of org.recur4j.backend.ejml",
        "org.recur4j.backend.ejml.engine",
        "org.recur4j.backend.ejml.kernel");
    importing(
        planted,
        "the layers of org.recur4j.models",
        "org.recur4j.models.network",
        "org.recur4j.models.training");
    importing(
        planted, "the layers of org.recur4j.api", "org.recur4j.api.tensor", "org.recur4j.api.spi");
    importing(
        planted,
        "internal packages of models stay internal",
        "org.recur4j.examples.task",
        "org.recur4j.models.internal.layer");
    importing(
        planted, "jcublas is touched by Cublas alone", "org.recur4j.backend.cuda", "jcuda.jcublas");
    planted.put(
        "kernels neither log nor stream",
        Violation.of(
            "org.recur4j.api.kernel.Chatty",
            "package org.recur4j.api.kernel; class Chatty { System.Logger log; }"));
    planted.put(
        "nothing depends on the default locale",
        Violation.of(
            "calls method <java.lang.String.format(",
            "package org.recur4j.models.planted; class Local {"
                + " String text = String.format(\"%d\", 1); }"));
    planted.put(
        "nothing depends on the default character encoding",
        Violation.of(
            "calls method <java.lang.String.getBytes()>",
            "package org.recur4j.models.planted; class Encoded {"
                + " byte[] bytes = \"text\".getBytes(); }"));
    return planted;
  }

  private static void importing(
      Map<String, Violation> planted, String rule, String from, String library) {
    planted.put(
        rule,
        Violation.of(
            "Field <" + from + ".Importer.foreign> has type <" + library + ".Imported>",
            "package " + from + "; class Importer { " + library + ".Imported foreign; }",
            "package " + library + "; public class Imported {}"));
  }

  @Test
  void everyRuleHasAViolation() {
    assertThat(violations()).containsOnlyKeys(ArchitectureRules.all().keySet());
  }

  @TestFactory
  Stream<DynamicTest> everyRuleReportsItsViolation() {
    Map<String, ArchRule> rules = ArchitectureRules.all();
    return violations().entrySet().stream()
        .map(
            planted ->
                DynamicTest.dynamicTest(
                    planted.getKey(),
                    () -> reports(rules.get(planted.getKey()), planted.getValue())));
  }

  private void reports(ArchRule rule, Violation violation) throws IOException {
    Path classes = compiled(violation.sources());
    assertThatThrownBy(() -> rule.check(new ClassFileImporter().importPath(classes)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Architecture Violation")
        .hasMessageContaining(violation.reported());
  }

  private Path compiled(List<String> sources) throws IOException {
    Path place = Files.createTempDirectory(folder, "planted");
    Path classes = Files.createDirectory(place.resolve("classes"));
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      Path file = place.resolve(found(PACKAGE, source) + "/" + found(TYPE, source) + ".java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled;
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      // No class path: the stand-ins among the sources are all that they may see.
      List<String> options = List.of("-d", classes.toString(), "-cp", classes.toString());
      compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
    }
    assertThat(compiled).as(messages.toString()).isTrue();
    return classes;
  }

  private static String found(Pattern pattern, String source) {
    Matcher matcher = pattern.matcher(source);
    assertThat(matcher.find()).as(source).isTrue();
    return matcher.group(1);
  }
}
