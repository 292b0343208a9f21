package org.recur4j.examples.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layers of one module as {@code docs/architecture.md} lists them: a package uses packages on
 * lower lines only.
 *
 * @param root package that the names of the block are below
 * @param lines line of each package, 0 at the top
 */
record DocumentedLayers(String root, Map<String, Integer> lines) {
  private static final Path PAGE = Path.of("..", "docs", "architecture.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```layers\\R(\\S+)\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  /** Every block of the page, in its order. */
  static List<DocumentedLayers> all() {
    try {
      Matcher block = BLOCK.matcher(Files.readString(PAGE));
      List<DocumentedLayers> all = new ArrayList<>();
      while (block.find()) {
        all.add(parse(block.group(1), block.group(2).lines().toList()));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DocumentedLayers parse(String root, List<String> block) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (int line = 0; line < block.size(); line++) {
      String packages = block.get(line).split("\\|", 2)[0].strip();
      for (String name : packages.split("\\s+")) {
        String full = name.equals(".") ? root : root + "." + name;
        if (lines.put(full, line) != null) {
          throw new IllegalStateException(PAGE + " lists " + full + " twice");
        }
      }
    }
    return new DocumentedLayers(root, lines);
  }

  ArchRule rule() {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(root + "..")
        .should(useLowerLinesOnly())
        .because("docs/architecture.md lists the layers of " + root);
  }

  private ArchCondition<JavaClass> useLowerLinesOnly() {
    return new ArchCondition<>("use packages on lower lines only") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Integer own = lines.get(type.getPackageName());
        if (own == null) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " is on no line of docs/architecture.md"));
          return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String target = dependency.getTargetClass().getPackageName();
          Integer line = lines.get(target);
          if (line != null && line <= own && !target.equals(type.getPackageName())) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }
}
