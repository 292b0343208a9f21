package org.recur4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;

/**
 * The kit reports every planted fault, by a case whose message leads to it. Each run plants one in
 * the toy backend; {@code planted-faults.txt} lists them. A table of what was reported ends it. The
 * default run plants the first fault of every edited class and part of the kit, the thorough run
 * the others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationTest {
  private static final int FAULTS = 50;
  private static final int COLUMN = 100;
  private final List<String> table = new ArrayList<>();

  @Test
  void thereAreEnoughOfThemAndNoneTwice() {
    List<PlantedFault> all = PlantedFault.all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(FAULTS);
    assertThat(all).extracting(PlantedFault::name).doesNotHaveDuplicates();
  }

  /** The first fault of each kind and those cases that must see it. */
  @TestFactory
  Stream<DynamicTest> reportedByTheCasesThatMustSeeIt() {
    return byKind(true).map(this::seen);
  }

  /** Each further fault and those cases that must see it. */
  @Tag("thorough")
  @TestFactory
  Stream<DynamicTest> othersReportedByTheCasesThatMustSeeThem() {
    return byKind(false).map(this::seen);
  }

  /** Each fault and the whole kit, until a case reports it: what the author of a backend meets. */
  @Tag("exhaustive")
  @TestFactory
  Stream<DynamicTest> reportedByTheWholeKit() {
    return PlantedFault.all().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> wholeKit(fault)));
  }

  @AfterAll
  void printTable() {
    System.out.println(
        "planted faults: "
            + table.size()
            + " reported in this run, "
            + PlantedFault.all().size()
            + " listed");
    table.forEach(System.out::println);
  }

  /** The faults that are the first with their edited class and part of the kit, or all others. */
  private static Stream<PlantedFault> byKind(boolean first) {
    Set<String> met = new HashSet<>();
    return PlantedFault.all().stream()
        .filter(fault -> met.add(fault.edits().get(0).file() + " " + fault.part()) == first);
  }

  private DynamicTest seen(PlantedFault fault) {
    return DynamicTest.dynamicTest(fault.name(), () -> mustBeSeen(fault));
  }

  private void mustBeSeen(PlantedFault fault) {
    String report = firstReport(fault, false);
    assertThat(report).as(fault.name()).isNotNull().containsPattern(fault.sees());
    table.add("  " + fault.name() + ": " + shortened(report));
  }

  private void wholeKit(PlantedFault fault) {
    String report = firstReport(fault, true);
    assertThat(report).as(fault.name()).isNotNull();
    table.add("  " + fault.name() + ", by the whole kit: " + shortened(report));
  }

  /** The first failure's message; null if nothing failed. */
  private static String firstReport(PlantedFault fault, boolean whole) {
    BackendProvider provider = MutantLoader.plant(fault);
    BackendOptions options = BackendOptions.defaults();
    try (Backend backend = provider.open(options)) {
      Kit kit = new Kit(provider, options, backend, List.of());
      List<Check> checks =
          whole
              ? kit.all().toList()
              : part(kit, fault.part())
                  .filter(check -> fault.cases().matcher(check.name()).find())
                  .toList();
      assertThat(checks).as("cases of " + fault.part() + " named " + fault.cases()).isNotEmpty();
      return checks.stream()
          .map(MutationTest::report)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }

  /** A failure's message; null where there is none. */
  private static String report(Check check) {
    try {
      check.run();
      return null;
    } catch (TestAbortedException notCovered) {
      return null;
    } catch (AssertionError reported) {
      return reported.getMessage();
    }
  }

  private static Stream<Check> part(Kit kit, String name) {
    return switch (name) {
      case "kernels" -> kit.kernels();
      case "recurrence" -> kit.recurrence();
      case "plans" -> kit.plans();
      case "heap" -> kit.javaHeap();
      case "provider" -> kit.providerAndScopes();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String shortened(String report) {
    String line = report.replace('\n', ' ');
    return line.length() <= 2 * COLUMN ? line : line.substring(0, 2 * COLUMN) + "…";
  }
}
