package org.recur4j.examples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the library to its rules. The class path of this module's tests holds every module. */
class ArchitectureTest {
  private static final String ROOT = "org.recur4j";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** A rule about nothing always holds; these numbers say that there was something to look at. */
  @ParameterizedTest
  @CsvSource({
    "api, 127",
    "models, 94",
    "backend.ejml, 61",
    "backend.nd4j, 2",
    "backend.cuda, 2",
    "examples, 20"
  })
  void everyModuleIsLookedAt(String module, int minimum) {
    String name = ROOT + "." + module;
    assertThat(
            CLASSES.stream().filter(type -> (type.getPackageName() + ".").startsWith(name + ".")))
        .as("classes of " + name + " on this class path")
        .hasSizeGreaterThanOrEqualTo(minimum);
  }

  @TestFactory
  Stream<DynamicTest> theLibraryKeepsTheRules() {
    return ArchitectureRules.all().entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(CLASSES)));
  }
}
