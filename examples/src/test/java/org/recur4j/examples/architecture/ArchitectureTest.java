package org.recur4j.examples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom. The class path of this module's tests holds every module. */
class ArchitectureTest {
  private static final String ROOT = "org.recur4j";
  private static final String API = "org.recur4j.api..";
  private static final String MODELS = "org.recur4j.models..";
  private static final String WIRING = "org.recur4j.models.wiring..";
  private static final String EXAMPLES = "org.recur4j.examples..";
  private static final String BACKENDS = "org.recur4j.backend..";
  private static final List<String> BACKEND_NAMES = List.of("ejml", "nd4j", "cuda");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** A rule about nothing always holds; these numbers say that there was something to look at. */
  @ParameterizedTest
  @CsvSource({
    "api, 60",
    "models, 40",
    "backend.ejml, 20",
    "backend.nd4j, 1",
    "backend.cuda, 1",
    "examples, 9"
  })
  void everyModuleIsLookedAt(String module, int minimum) {
    String name = ROOT + "." + module;
    assertThat(
            CLASSES.stream().filter(type -> (type.getPackageName() + ".").startsWith(name + ".")))
        .as("classes of " + name + " on this class path")
        .hasSizeGreaterThanOrEqualTo(minimum);
  }

  @Test
  void nothingLiesOutsideTheModules() {
    classes()
        .should()
        .resideInAnyPackage(API, MODELS, BACKENDS, EXAMPLES)
        .because("every module has its own packages")
        .check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> whoMayImportWhom() {
    List<ArchRule> rules = new ArrayList<>();
    rules.add(mayImport(API, "java.."));
    rules.add(mayImport(MODELS, "java..", API, "com.google.gson..", "com.google.inject.."));
    rules.add(
        mayImport(
            EXAMPLES,
            "java..",
            API,
            MODELS,
            "com.google.gson..",
            "com.google.inject..",
            "picocli..",
            "me.tongfei.."));
    rules.add(
        mayImport("org.recur4j.backend.ejml..", "java..", "jdk.incubator..", API, "org.ejml.."));
    rules.add(
        mayImport(
            "org.recur4j.backend.nd4j..",
            "java..",
            API,
            "org.nd4j..",
            "org.bytedeco..",
            "org.slf4j.."));
    rules.add(mayImport("org.recur4j.backend.cuda..", "java..", API, "jcuda.."));
    return tests(rules);
  }

  @TestFactory
  Stream<DynamicTest> eachLibraryHasItsRoom() {
    return tests(
        List.of(
            only("org.ejml..", "org.recur4j.backend.ejml.."),
            only("org.nd4j..", "org.recur4j.backend.nd4j.."),
            only("jcuda..", "org.recur4j.backend.cuda.."),
            only("com.google.inject..", WIRING, EXAMPLES),
            only("com.google.gson..", MODELS, "org.recur4j.examples.command.."),
            only("picocli..", EXAMPLES),
            only("me.tongfei..", EXAMPLES)));
  }

  @TestFactory
  Stream<DynamicTest> noBackendIsImportedByAnother() {
    return tests(
        BACKEND_NAMES.stream()
            .map(name -> "org.recur4j.backend." + name + "..")
            .map(
                backend ->
                    noClasses()
                        .that(not(resideInAPackage(backend)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(backend)
                        .because("backends are found by ServiceLoader at run time only"))
            .map(ArchRule.class::cast)
            .toList());
  }

  /** The one door of a backend: nobody may come to rely on what is behind it. */
  @Test
  void onlyProvidersOfBackendsArePublic() {
    classes()
        .that()
        .resideInAPackage(BACKENDS)
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should()
        .implement("org.recur4j.api.backend.BackendProvider")
        .check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> noPackageCycles() {
    return tests(
        List.of(
            slices().matching("org.recur4j.api.(*)..").should().beFreeOfCycles(),
            slices().matching("org.recur4j.models.(*)..").should().beFreeOfCycles(),
            slices().matching("org.recur4j.examples.(*)..").should().beFreeOfCycles()));
  }

  @Test
  void kernelsNeitherLogNorStream() {
    noClasses()
        .that(
            resideInAnyPackage("org.recur4j.api.kernel..", "org.recur4j.api.portable..", BACKENDS))
        .and()
        .haveSimpleNameNotEndingWith("Provider")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.stream..", "java.util.logging..", "org.slf4j..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(System.Logger.class)
        .because("a kernel does its arithmetic and nothing else")
        .check(CLASSES);
  }

  private static ArchRule mayImport(String module, String... allowed) {
    List<String> packages = new ArrayList<>(List.of(allowed));
    packages.add(module);
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages.toArray(String[]::new));
  }

  private static ArchRule only(String library, String... rooms) {
    return noClasses()
        .that(not(resideInAnyPackage(rooms)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static Stream<DynamicTest> tests(List<ArchRule> rules) {
    return rules.stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
  }
}
