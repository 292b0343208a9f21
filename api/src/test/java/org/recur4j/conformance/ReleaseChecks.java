package org.recur4j.conformance;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/** What is over leaves nothing behind: closed backends, scopes that gave their memory back. */
final class ReleaseChecks {
  private static final int THREADS = 3;

  /** A thread that ends takes some time; this often is looked at most. */
  private static final int LOOKS = 200;

  private static final int COLLECTIONS = 20;

  private static final int PAUSE_MILLIS = 10;

  private final BackendProvider provider;
  private final BackendOptions options;
  private final Backend backend;

  ReleaseChecks(BackendProvider provider, BackendOptions options, Backend backend) {
    this.provider = provider;
    this.options = options;
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("release: a closed backend leaves no threads", this::threads));
    checks.add(new Check("release: a storage that was given back is garbage", this::storage));
    for (Subject s : Subject.all(backend, Subject.Sizes.SMALL)) {
      if (isFusedBothWays(s)) {
        checks.add(new Check("release: a pass of a closed scope is garbage: " + s, () -> pass(s)));
      }
    }
    return checks.stream();
  }

  private static boolean isFusedBothWays(Subject s) {
    return s.isFused() && s.theCase().direction() == Direction.BIDIRECTIONAL;
  }

  private void threads() throws InterruptedException {
    // A library may start threads of its own for good, once.
    use();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    use();
    List<Thread> left = new ArrayList<>();
    await(
        LOOKS,
        () -> {
          left.clear();
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread))
              .forEach(left::add);
          return left.isEmpty();
        });
    Expect.that(
        left.isEmpty(),
        "a backend with "
            + THREADS
            + " threads left these running when it was closed: "
            + left.stream().map(Thread::getName).sorted().collect(Collectors.joining(", "))
            + ". Close the workers in Backend.close");
  }

  /** Products and plans with more work than one thread takes. */
  private void use() {
    try (Backend other = provider.open(options.withThreads(THREADS))) {
      try (Bench bench = new Bench(other, "work for threads")) {
        KernelCalls.sums()
            .values()
            .forEach(
                call -> {
                  KernelOperands operands = new KernelOperands(bench, KernelOperands.Size.LARGE, 0);
                  call.on(other.kernels(), operands).run();
                });
      }
      Subject.all(other, Subject.Sizes.LARGE).stream()
          .filter(ReleaseChecks::isFusedBothWays)
          .forEach(s -> forward(other, s));
    }
  }

  private static void forward(Backend backend, Subject s) {
    try (PlanRun run = new PlanRun(backend, s.theCase(), CaseData.of(s.theCase()), s.fusion())) {
      run.forward(run.open(Mode.INFERENCE));
    }
  }

  private void storage() throws InterruptedException {
    WeakReference<Storage> storage = givenBack();
    backend.memory().trim();
    Expect.that(
        isCollected(storage),
        "after its scope was closed and Memory.trim had released it, a storage is still referred"
            + " to. Keep no list of storages, and none in scratch of kernels");
  }

  private WeakReference<Storage> givenBack() {
    try (Scope scope = backend.scope("kit-released")) {
      // A size of its own, so that no other tensor takes the storage out of the pool.
      Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(123_457));
      backend.kernels().fill(1, tensor);
      backend.synchronize();
      return new WeakReference<>(tensor.storage(Storage.class));
    }
  }

  private void pass(Subject s) throws InterruptedException {
    try (PlanRun run = new PlanRun(backend, s.theCase(), CaseData.of(s.theCase()), s.fusion())) {
      WeakReference<Pass> pass = used(run);
      // A plan may look for passes that are over when it opens the next one.
      used(run);
      Expect.that(
          isCollected(pass),
          "after the scope of a pass was closed and another pass opened, the plan still refers to"
              + " the first and with it to its arrays. Keep no list of passes, and no pass in a field of the plan");
    }
  }

  private WeakReference<Pass> used(PlanRun run) {
    try (Scope scope = backend.scope("kit-pass")) {
      Extent max = new Extent(run.theCase.steps(), run.theCase.batch());
      Pass pass = run.plan.open(scope, max, Mode.TRAINING);
      run.forward(pass);
      run.backward(pass);
      backend.synchronize();
      return new WeakReference<>(pass);
    }
  }

  private static boolean isCollected(WeakReference<?> reference) throws InterruptedException {
    return await(
        COLLECTIONS,
        () -> {
          System.gc();
          return reference.get() == null;
        });
  }

  /** Looks until it is so. */
  private static boolean await(int attempts, BooleanSupplier condition)
      throws InterruptedException {
    for (int attempt = 0; attempt < attempts; attempt++) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return false;
  }
}
