package org.recur4j.models.parity;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.decorate.ForwardingBackend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;

/**
 * A backend that records the passes run by another backend's plans. It owns nothing and need not be
 * closed.
 */
final class WatchedBackend extends ForwardingBackend {
  private final Watch watch;
  private final List<PlanRun> runs = new ArrayList<>();
  private int taken;

  WatchedBackend(Backend delegate, Fusion fusion) {
    super(delegate);
    this.watch = new Watch(delegate.recurrence(), fusion, this);
  }

  @Override
  public Kernels kernels() {
    return delegate().kernels();
  }

  @Override
  public Recurrence recurrence() {
    return watch;
  }

  void ran(PlanRun run) {
    runs.add(run);
  }

  void differentiated(Pass pass) {
    runs.stream().filter(run -> run.pass() == pass).forEach(PlanRun::markDifferentiated);
  }

  /** Returns the runs since the previous call. */
  List<PlanRun> newRuns() {
    List<PlanRun> fresh = List.copyOf(runs.subList(taken, runs.size()));
    taken = runs.size();
    return fresh;
  }

  private record Watch(Recurrence inner, Fusion fusion, WatchedBackend watched)
      implements Recurrence {
    @Override
    public Verdict assess(RecurrentSpec spec) {
      return inner.assess(spec);
    }

    @Override
    public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion asked) {
      Fusion wanted = fusion == Fusion.AUTO ? asked : fusion;
      return new WatchedPlan(inner.plan(spec, weights, wanted), watched);
    }
  }
}
