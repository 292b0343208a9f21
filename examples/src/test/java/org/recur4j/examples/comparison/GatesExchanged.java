package org.recur4j.examples.comparison;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.decorate.ForwardingBackend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * A backend that is wrong on purpose: in one of its plans two gates are exchanged from one time
 * step on. Everything else is another backend's, and right.
 */
final class GatesExchanged extends ForwardingBackend {
  private final Recurrence recurrence;
  private final Scope scope;

  /**
   * @param delegate does the work
   * @param layer which plan is wrong, counted from 0 in the order of making
   * @param gate one of the two, in the stored order
   * @param other the other
   * @param from the first wrong time step, at least 1
   */
  GatesExchanged(Backend delegate, int layer, int gate, int other, int from) {
    super(delegate);
    this.scope = delegate.scope("exchanged weights");
    this.recurrence = new Wrong(delegate.recurrence(), layer, gate, other, from);
  }

  @Override
  public Kernels kernels() {
    return delegate().kernels();
  }

  @Override
  public Recurrence recurrence() {
    return recurrence;
  }

  /** Frees the exchanged weights; the wrapped backend belongs to someone else. */
  @Override
  public void close() {
    scope.close();
  }

  private final class Wrong implements Recurrence {
    private final Recurrence inner;
    private final int layer;
    private final int gate;
    private final int other;
    private final int from;
    private int plans;

    Wrong(Recurrence inner, int layer, int gate, int other, int from) {
      this.inner = inner;
      this.layer = layer;
      this.gate = gate;
      this.other = other;
      this.from = from;
    }

    @Override
    public Verdict assess(RecurrentSpec spec) {
      return inner.assess(spec);
    }

    @Override
    public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion) {
      if (plans++ != layer) {
        return inner.plan(spec, weights, fusion);
      }
      List<DirectionWeights> copies = new ArrayList<>();
      weights.directions().forEach(one -> copies.add(blank(one)));
      RecurrentWeights wrong = new RecurrentWeights(copies);
      Runnable exchange = () -> exchange(spec, weights, wrong);
      exchange.run();
      return new PlanInTwo(
          inner.plan(spec, weights, fusion), inner.plan(spec, wrong, fusion), from, exchange);
    }

    private DirectionWeights blank(DirectionWeights one) {
      return new DirectionWeights(
          blank(one.weightIh()), blank(one.weightHh()), blank(one.biasIh()), blank(one.biasHh()));
    }

    private Tensor blank(Tensor one) {
      return one == null ? null : scope.create(one.dataType(), one.shape());
    }

    private void exchange(RecurrentSpec spec, RecurrentWeights weights, RecurrentWeights wrong) {
      for (int d = 0; d < weights.directions().size(); d++) {
        DirectionWeights right = weights.directions().get(d);
        DirectionWeights copy = wrong.directions().get(d);
        exchange(spec, right.weightIh(), copy.weightIh());
        exchange(spec, right.weightHh(), copy.weightHh());
        exchange(spec, right.biasIh(), copy.biasIh());
        exchange(spec, right.biasHh(), copy.biasHh());
      }
    }

    private void exchange(RecurrentSpec spec, Tensor right, Tensor copy) {
      if (right == null) {
        return;
      }
      double[] values = new double[right.size()];
      delegate().download(right, values, 0);
      double[] wrong = values.clone();
      int block = values.length / spec.gates();
      System.arraycopy(values, gate * block, wrong, other * block, block);
      System.arraycopy(values, other * block, wrong, gate * block, block);
      delegate().upload(wrong, 0, copy);
    }
  }
}
