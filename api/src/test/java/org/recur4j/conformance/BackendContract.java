package org.recur4j.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;

/**
 * What every backend must pass. Extend it, name the provider, list what is promised to run fused;
 * nothing else is needed. It takes seconds; the full product of all recurrent cases, which takes
 * minutes, runs only with {@code -Drecur4j.exhaustive=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {
  private final Tally tally = new Tally();
  private Backend backend;
  private Kit kit;

  /** For subclasses. */
  protected BackendContract() {}

  /**
   * The backend under test.
   *
   * @return its provider
   */
  protected abstract BackendProvider provider();

  /**
   * What must run fused here; a promised case whose plan is portable fails.
   *
   * @return empty unless overridden
   */
  protected List<Promise> promises() {
    return List.of();
  }

  /**
   * How the backend is opened.
   *
   * @return the defaults unless overridden
   */
  protected BackendOptions options() {
    return BackendOptions.defaults();
  }

  @BeforeAll
  final void open() {
    if (provider().probe() instanceof Availability.Unavailable missing) {
      System.out.println(
          "conformance "
              + provider().name()
              + ": not run, "
              + missing.reason()
              + "; "
              + missing.remedy());
      Assumptions.abort(missing.reason() + ". " + missing.remedy());
    }
    backend = provider().open(options());
    kit = new Kit(provider(), options(), backend, promises());
  }

  @AfterAll
  final void close() {
    if (backend != null) {
      backend.close();
      System.out.println(tally.summary(provider().name()));
    }
  }

  @TestFactory
  final Stream<DynamicTest> recurrence() {
    return tally.tests(kit.recurrence());
  }

  /** Some ten minutes: opt in with {@code -Drecur4j.exhaustive=true}. */
  @EnabledIfSystemProperty(
      named = "recur4j.exhaustive",
      matches = "true",
      disabledReason = "the full product takes minutes; run it with -Drecur4j.exhaustive=true")
  @TestFactory
  final Stream<DynamicTest> recurrenceExhaustively() {
    return tally.tests(kit.recurrenceExhaustively());
  }

  @TestFactory
  final Stream<DynamicTest> publishedValues() {
    return tally.tests(kit.publishedValues());
  }

  @TestFactory
  final Stream<DynamicTest> kernels() {
    return tally.tests(kit.kernels());
  }

  @TestFactory
  final Stream<DynamicTest> finiteDifferences() {
    return tally.tests(kit.finiteDifferences());
  }

  @TestFactory
  final Stream<DynamicTest> javaHeap() {
    return tally.tests(kit.javaHeap());
  }

  @TestFactory
  final Stream<DynamicTest> providerAndScopes() {
    return tally.tests(kit.providerAndScopes());
  }

  @TestFactory
  final Stream<DynamicTest> plans() {
    return tally.tests(kit.plans());
  }
}
