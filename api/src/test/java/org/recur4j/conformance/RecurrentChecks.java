package org.recur4j.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Verdict;

/**
 * Every generated case, forward and backward, portable and (where there is one) fused. The portable
 * plan is ours and keeps the same buffers in every mode, so it is traced only; a fused plan may
 * well have three code paths.
 */
final class RecurrentChecks {
  private final Backend backend;
  private final List<Promise> promises;

  RecurrentChecks(Backend backend, List<Promise> promises) {
    this.backend = backend;
    this.promises = promises;
  }

  Stream<Check> of(Stream<RecurrentCase> cases) {
    return cases.map(c -> new Check(c.toString(), () -> run(c)));
  }

  private void run(RecurrentCase c) {
    Verdict verdict = backend.recurrence().assess(c.spec());
    for (Promise promise : promises) {
      if (promise.covers().test(c.spec()) && !verdict.fused()) {
        throw new AssertionError(
            "promised fused ("
                + promise.description()
                + ") but assess says: "
                + verdict.reason()
                + ". Run it fused or narrow the promise");
      }
    }
    CaseData data = CaseData.of(c);
    compare(c, data, Fusion.FORBID, "portable, ", List.of(Mode.TRACING));
    if (verdict.fused()) {
      compare(
          c, data, Fusion.AUTO, "fused, ", List.of(Mode.TRACING, Mode.TRAINING, Mode.INFERENCE));
    }
  }

  private void compare(
      RecurrentCase c, CaseData data, Fusion fusion, String engine, List<Mode> modes) {
    try (PlanRun run = new PlanRun(backend, c, data, fusion)) {
      Verdict verdict = run.plan.report().verdict();
      if (verdict.fused() != (fusion == Fusion.AUTO)) {
        throw new AssertionError(
            engine + "the plan's report says " + verdict + ". assess, plan and report must agree");
      }
      run.bench.watch(() -> modes.forEach(mode -> compare(run, engine, mode, modes.get(0))));
    } catch (AssertionError wrong) {
      throw fusion != Fusion.FORBID
          ? wrong
          : new AssertionError(
              wrong.getMessage()
                  + ". The portable plan is the library's own and calls your kernels: let the group"
                  + " kernels pass first; if it does, look for a kernel that is wrong at this"
                  + " case's sizes",
              wrong);
    }
  }

  private static void compare(PlanRun run, String engine, Mode mode, Mode first) {
    try {
      AgainstOracle.run(engine, run, run.open(mode));
    } catch (AssertionError wrong) {
      if (mode == first) {
        throw wrong;
      }
      throw new AssertionError(
          wrong.getMessage()
              + ". In mode "
              + first
              + " the same plan is right: look at what it does otherwise in "
              + mode,
          wrong);
    }
  }
}
