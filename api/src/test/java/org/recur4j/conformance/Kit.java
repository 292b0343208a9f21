package org.recur4j.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.tensor.DataType;

/** Every check of the kit on one open backend, in the parts that the contract shows. */
record Kit(
    BackendProvider provider, BackendOptions options, Backend backend, List<Promise> promises) {
  Stream<Check> recurrence() {
    RecurrentCases cases = new RecurrentCases(types());
    return new RecurrentChecks(backend, promises)
        .of(Stream.of(cases.pairwise(), cases.unusual(), cases.far()).flatMap(part -> part));
  }

  Stream<Check> recurrenceExhaustively() {
    return new RecurrentChecks(backend, promises).of(new RecurrentCases(types()).exhaustive());
  }

  Stream<Check> publishedValues() {
    return new VectorChecks(backend).all();
  }

  Stream<Check> kernels() {
    return Stream.concat(
        KernelChecks.all(backend), new RepeatChecks(provider, options, backend).all());
  }

  Stream<Check> finiteDifferences() {
    return new DifferenceChecks(backend).all();
  }

  Stream<Check> javaHeap() {
    return new HeapChecks(backend).all();
  }

  Stream<Check> providerAndScopes() {
    return Stream.of(
            new ScopeChecks(provider, options, backend).all(),
            new ReportChecks(provider, options, backend).ofBackend(),
            new ReleaseChecks(provider, options, backend).all())
        .flatMap(part -> part);
  }

  Stream<Check> plans() {
    return Stream.of(
            new GuardChecks(backend).all(),
            new ReuseChecks(backend).all(),
            new OperandChecks(backend).all(),
            new ReportChecks(provider, options, backend).ofPlans(),
            new PlanLifeChecks(provider, options, backend).all())
        .flatMap(part -> part);
  }

  /** All but the exhaustive ones, the quick ones first. */
  Stream<Check> all() {
    return Stream.of(
            providerAndScopes(),
            kernels(),
            publishedValues(),
            recurrence(),
            finiteDifferences(),
            plans(),
            javaHeap())
        .flatMap(part -> part);
  }

  private List<DataType> types() {
    return backend.info().dataTypes().stream().sorted().toList();
  }
}
