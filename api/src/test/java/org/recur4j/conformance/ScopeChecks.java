package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.ScopeReport;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/** Providers, their options, and scopes. */
final class ScopeChecks {
  private static final int PROBE_MILLIS = 50;
  private static final DataType TYPE = DataType.FLOAT32;

  private final BackendProvider provider;
  private final BackendOptions options;
  private final Backend backend;

  ScopeChecks(BackendProvider provider, BackendOptions options, Backend backend) {
    this.provider = provider;
    this.options = options;
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("provider: name, version, quick probe", this::provider));
    checks.add(new Check("options: an unknown setting is refused by name", this::unknownSetting));
    checks.add(new Check("scope: closed tensors are refused by name", this::useAfterClose));
    checks.add(new Check("scope: keep hands a tensor to the parent", this::keep));
    checks.add(new Check("scope: the same storage after reset", this::sameStorage));
    checks.add(new Check("scope: a leak is reported by name", this::leak));
    checks.add(new Check("scope: a foreign tensor is refused", this::foreign));
    return checks.stream();
  }

  private void provider() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      provider.probe();
      least = Math.min(least, (System.nanoTime() - start) / 1_000_000);
    }
    Expect.that(least < PROBE_MILLIS, "probe took " + least + " ms, want below " + PROBE_MILLIS);
    Expect.that(
        provider.spiVersion() == BackendProvider.SPI_VERSION,
        "spiVersion " + provider.spiVersion() + ", want " + BackendProvider.SPI_VERSION);
    Expect.that(
        provider.name().matches("[a-z][a-z0-9-]*"),
        "name '" + provider.name() + "', want lower-case letters, digits and dashes");
    Expect.that(
        backend.info().name().equals(provider.name()),
        "info says '" + backend.info().name() + "', the provider '" + provider.name() + "'");
    Expect.that(backend.info().dataTypes().contains(TYPE), "FLOAT32 is wanted of every backend");
  }

  private void unknownSetting() {
    RecurException error =
        Expect.refused(
            InvalidArgumentException.class,
            () -> provider.open(options.withSetting("kit-unknown", "on")).close(),
            "open with a setting that nobody knows; call options.requireSettings first in open,"
                + " it");
    Expect.that(
        error.getMessage().contains(provider.name())
            && error.getMessage().contains("kit-unknown=on"),
        "the message names neither the backend nor the setting: " + error.getMessage());
  }

  private void useAfterClose() {
    Scope scope = backend.scope("kit-closed");
    Tensor tensor = scope.create(TYPE, Shape.of(2));
    scope.close();
    scope.close();
    RecurException error =
        Expect.refused(
            ClosedException.class, () -> backend.kernels().fill(1, tensor), "fill when closed");
    Expect.that(
        error.getMessage().contains("kit-closed"),
        "the message does not name the scope: " + error.getMessage());
    Expect.refused(
        ClosedException.class, () -> scope.create(TYPE, Shape.of(1)), "create when closed");
  }

  private void keep() {
    try (Scope parent = backend.scope("parent")) {
      Scope child = parent.child("child");
      Tensor kept = child.keep(child.create(TYPE, Shape.of(3)));
      Tensor lost = child.create(TYPE, Shape.of(3));
      child.close();
      backend.upload(new float[] {1, 2, 3}, 0, kept);
      Expect.that(kept.isOpen() && !lost.isOpen(), "keep must save the kept tensor and only it");
    }
  }

  private void sameStorage() {
    try (Scope scope = backend.scope("repeated")) {
      List<Storage> first = storages(scope);
      scope.reset();
      long allocations = backend.memory().use().allocations();
      List<Storage> second = storages(scope);
      for (int i = 0; i < first.size(); i++) {
        Expect.that(
            first.get(i) == second.get(i), "tensor " + i + " got other storage after reset");
      }
      Expect.that(backend.memory().use().allocations() == allocations, "a repeated step allocated");
    }
  }

  private static List<Storage> storages(Scope scope) {
    List<Storage> storages = new ArrayList<>();
    for (int size : new int[] {100, 7, 100, 1000}) {
      storages.add(scope.create(TYPE, Shape.of(size)).storage(Storage.class));
    }
    return storages;
  }

  private void leak() {
    List<ScopeReport> seen = new ArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    Backend other =
        provider.open(
            options.withOnLeak(
                reports -> {
                  seen.addAll(reports);
                  calls.incrementAndGet();
                }));
    Scope forgotten = other.scope("kit-forgotten");
    Tensor tensor = forgotten.create(TYPE, Shape.of(10));
    other.close();
    other.close();
    Expect.that(
        seen.stream().anyMatch(report -> report.name().equals("kit-forgotten")),
        "onLeak was told " + seen + ", want a report of scope 'kit-forgotten'");
    Expect.that(!tensor.isOpen(), "closing the backend must close what leaked");
    Expect.that(
        calls.get() == 1 && seen.size() == 1,
        "onLeak was told "
            + calls
            + " times, "
            + seen
            + ", want once, with one report of each scope, however often the backend is closed");
  }

  private void foreign() {
    try (ForeignMemory memory = new ForeignMemory();
        Scope scope = memory.open("foreign")) {
      Tensor tensor = scope.create(TYPE, Shape.of(4));
      RecurException error =
          Expect.refused(
              InvalidArgumentException.class,
              () -> backend.kernels().fill(1, tensor),
              "a kernel on a foreign tensor");
      Expect.that(
          error.getMessage().contains("another backend"),
          "the message does not say that another backend made it: " + error.getMessage());
    }
  }

  /** Memory of nobody's backend. */
  private static final class ForeignMemory extends Memory {
    @Override
    protected Storage allocate(DataType dataType, int capacity) {
      return new ForeignStorage(dataType, capacity);
    }

    @Override
    protected void release(Storage storage) {
      // Nothing was allocated.
    }
  }

  private static final class ForeignStorage extends Storage {
    ForeignStorage(DataType dataType, int capacity) {
      super(dataType, capacity);
    }
  }
}
