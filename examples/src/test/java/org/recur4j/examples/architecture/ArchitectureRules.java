package org.recur4j.examples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.equalTo;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may import whom, each rule under a short name. */
final class ArchitectureRules {
  private static final String API = "org.recur4j.api..";
  private static final String MODELS = "org.recur4j.models..";
  private static final String WIRING = "org.recur4j.models.wiring..";
  private static final String EXAMPLES = "org.recur4j.examples..";
  private static final String BACKENDS = "org.recur4j.backend..";
  private static final String EJML = "org.recur4j.backend.ejml..";
  private static final String ND4J = "org.recur4j.backend.nd4j..";
  private static final String CUDA = "org.recur4j.backend.cuda..";

  private ArchitectureRules() {}

  static Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("nothing lies outside the modules", nothingLiesOutsideTheModules());
    whatModulesMayImport(rules);
    eachLibraryHasItsRoom(rules);
    for (String backend : List.of(EJML, ND4J, CUDA)) {
      rules.put("nobody imports " + backend, nobodyImports(backend));
    }
    rules.put("only providers of backends are public", onlyProvidersOfBackendsArePublic());
    for (String backend : List.of("ejml", "nd4j", "cuda")) {
      rules.put("the one public class of " + backend, onePublicClass(backend));
    }
    for (String module : List.of("api", "models", "examples")) {
      rules.put(
          "no package cycles in " + module,
          slices().matching("org.recur4j." + module + ".(**)").should().beFreeOfCycles());
    }
    // Here every package is a slice, the one that holds the provider included.
    rules.put(
        "no package cycles in backends",
        slices().matching("org.recur4j.backend.(**)").should().beFreeOfCycles());
    for (DocumentedLayers layers : DocumentedLayers.all()) {
      rules.put("the layers of " + layers.root(), layers.rule());
    }
    rules.put("internal packages of models stay internal", internalPackagesStayInternal());
    rules.put("jcublas is touched by Cublas alone", jcublasIsTouchedByCublasAlone());
    rules.put("kernels neither log nor stream", kernelsNeitherLogNorStream());
    rules.put("nothing depends on the default locale", HiddenDefaults.noLocale());
    rules.put("nothing depends on the default character encoding", HiddenDefaults.noCharset());
    return rules;
  }

  private static void whatModulesMayImport(Map<String, ArchRule> rules) {
    String gson = "com.google.gson..";
    String guice = "com.google.inject..";
    rules.put("what api imports", mayImport(API, "java.."));
    rules.put("what models imports", mayImport(MODELS, "java..", API, gson, guice));
    rules.put(
        "what examples imports",
        mayImport(
            EXAMPLES,
            "java..",
            "com.sun.management..",
            "jdk.incubator..",
            API,
            MODELS,
            gson,
            guice,
            "picocli..",
            "me.tongfei..",
            "org.knowm..",
            "org.apache.batik..",
            "org.w3c.dom..",
            "javax.imageio..",
            "javax.xml.."));
    rules.put("what ejml imports", mayImport(EJML, "java..", "jdk.incubator..", API, "org.ejml.."));
    rules.put(
        "what nd4j imports",
        mayImport(ND4J, "java..", API, "org.nd4j..", "org.bytedeco..", "org.slf4j.."));
    rules.put("what cuda imports", mayImport(CUDA, "java..", API, "jcuda.."));
  }

  private static void eachLibraryHasItsRoom(Map<String, ArchRule> rules) {
    only(rules, "org.ejml..", EJML);
    only(rules, "org.nd4j..", ND4J);
    only(rules, "jcuda..", CUDA);
    only(rules, "com.google.inject..", WIRING, EXAMPLES);
    only(rules, "com.google.gson..", MODELS, EXAMPLES);
    only(rules, "picocli..", EXAMPLES);
    only(rules, "me.tongfei..", EXAMPLES);
    only(rules, "org.knowm..", EXAMPLES);
    only(rules, "org.apache.batik..", EXAMPLES);
  }

  private static void only(Map<String, ArchRule> rules, String library, String... rooms) {
    rules.put(
        "the room of " + library,
        noClasses()
            .that(not(resideInAnyPackage(rooms)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  private static ArchRule nothingLiesOutsideTheModules() {
    return classes()
        .should()
        .resideInAnyPackage(API, MODELS, BACKENDS, EXAMPLES)
        .because("every module has its own packages");
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

  private static ArchRule nobodyImports(String backend) {
    return noClasses()
        .that(not(resideInAPackage(backend)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(backend)
        .because("backends are found by ServiceLoader at run time only");
  }

  /**
   * In the packages below a backend's own one, a class may be public for its neighbors; that
   * nothing outside the backend depends on it is a rule of its own.
   */
  private static ArchRule onlyProvidersOfBackendsArePublic() {
    return classes()
        .that()
        .resideInAPackage("org.recur4j.backend.*")
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should()
        .implement("org.recur4j.api.backend.BackendProvider");
  }

  private static ArchRule onePublicClass(String backend) {
    return classes()
        .that()
        .resideInAPackage("org.recur4j.backend." + backend)
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should()
        .containNumberOfElements(equalTo(1));
  }

  private static ArchRule internalPackagesStayInternal() {
    return noClasses()
        .that(not(resideInAPackage(MODELS)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.recur4j.models.internal..")
        .because("no program on the module path can see them");
  }

  private static ArchRule jcublasIsTouchedByCublasAlone() {
    return noClasses()
        .that()
        .haveNameNotMatching("org\\.recur4j\\.backend\\.cuda\\.product\\.Cublas.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jcuda.jcublas..")
        .because("most users have no JCublas2, and every other class must load without it");
  }

  private static ArchRule kernelsNeitherLogNorStream() {
    return noClasses()
        .that(
            resideInAnyPackage(
                "org.recur4j.api.kernel..",
                "org.recur4j.api.portable..",
                "org.recur4j.api.spi..",
                BACKENDS))
        .and()
        .haveSimpleNameNotEndingWith("Provider")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.stream..", "java.util.logging..", "org.slf4j..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(System.Logger.class)
        .because("a kernel does its arithmetic and nothing else");
  }
}
