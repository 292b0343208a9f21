package org.recur4j.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.tensor.DataType;

/**
 * What every backend must pass. Extend it, name the provider, list what is promised to run fused;
 * nothing else is needed. The full product of all recurrent cases carries the tag {@code
 * exhaustive}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {
  private final Tally tally = new Tally();
  private Backend backend;

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
    return tally.tests(
        new RecurrentChecks(backend, promises()).of(new RecurrentCases(types()).pairwise()));
  }

  @Tag("exhaustive")
  @TestFactory
  final Stream<DynamicTest> recurrenceExhaustively() {
    return tally.tests(
        new RecurrentChecks(backend, promises()).of(new RecurrentCases(types()).exhaustive()));
  }

  @TestFactory
  final Stream<DynamicTest> publishedValues() {
    return tally.tests(new VectorChecks(backend).all());
  }

  @TestFactory
  final Stream<DynamicTest> kernels() {
    return tally.tests(KernelChecks.all(backend));
  }

  @TestFactory
  final Stream<DynamicTest> finiteDifferences() {
    return tally.tests(new DifferenceChecks(backend).all());
  }

  @TestFactory
  final Stream<DynamicTest> javaHeap() {
    return tally.tests(new HeapChecks(backend).all());
  }

  @TestFactory
  final Stream<DynamicTest> lifeAndBudgets() {
    return tally.tests(new LifeChecks(provider(), options(), backend).all());
  }

  private List<DataType> types() {
    return backend.info().dataTypes().stream().sorted().toList();
  }
}
