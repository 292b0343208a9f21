package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;

/**
 * One call of {@link Trainer#train}: what lives as long as it does.
 *
 * @param <E> an example with its answer
 */
final class TrainingSession<E> implements AutoCloseable {
  private static final int MOST_FAILURES = 10;

  private final Trainable<E> trainable;
  private final Backend backend;
  private final TrainingPlan plan;
  private final List<TrainingListener> listeners;
  private final Scope scope;
  private final Scope stepScope;
  private final TrainableRun<E> run;
  private final Judge<E> judge;
  private final Gradients gradients;
  private final OptimiserState optimiser;
  private final Tensor status;
  private final Tensor clip;
  private final List<Tensor> best = new ArrayList<>();
  private final double[] downloaded = new double[3];
  private long steps;
  private int failures;

  TrainingSession(Trainable<E> trainable, TrainingPlan plan, List<TrainingListener> listeners) {
    this.trainable = trainable;
    this.backend = trainable.backend();
    this.plan = plan;
    this.listeners = List.copyOf(listeners);
    this.scope = backend.scope("training");
    this.stepScope = scope.child("step");
    this.run = trainable.open(Mode.TRAINING, plan.seed());
    this.judge = new Judge<>(trainable);
    this.gradients = new Gradients(backend, scope, trainable.parameters());
    this.optimiser = new OptimiserState(backend, scope, plan.optimiser(), gradients);
    DataType type = trainable.dataType();
    this.status = scope.create(type, Shape.of(downloaded.length));
    this.clip = scope.create(type, Shape.of(1));
  }

  TrainingResult run(List<E> learning, List<E> judging) {
    List<EpochReport> reports = new ArrayList<>();
    double lowest = Double.POSITIVE_INFINITY;
    int waited = 0;
    TrainingResult.End end = TrainingResult.End.COMPLETED;
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      long began = System.nanoTime();
      double loss = epoch(learning, epoch);
      if (stopRequested()) {
        putBestBack();
        return new TrainingResult(reports, TrainingResult.End.INTERRUPTED);
      }
      Evaluation validation = judging.isEmpty() ? null : judge.evaluate(judging);
      boolean better = validation != null && validation.loss() < lowest;
      if (better) {
        lowest = validation.loss();
      }
      waited = better ? 0 : waited + 1;
      if (better && plan.patience() > 0) {
        remember();
      }
      double seconds = (System.nanoTime() - began) * 1e-9;
      EpochReport report = new EpochReport(epoch, plan.epochs(), loss, validation, better, seconds);
      reports.add(report);
      listeners.forEach(listener -> listener.onEpoch(report));
      if (plan.patience() > 0 && waited >= plan.patience()) {
        end = TrainingResult.End.STOPPED_EARLY;
        break;
      }
    }
    putBestBack();
    return new TrainingResult(reports, end);
  }

  /** Returns the mean loss of the epoch's batches. */
  private double epoch(List<E> examples, int epoch) {
    int[] order =
        new Philox(plan.seed()).permutation(examples.size(), RandomStream.SHUFFLE.at(0), epoch);
    int batches = (examples.size() + plan.batchSize() - 1) / plan.batchSize();
    double sum = 0;
    int done = 0;
    for (int b = 0; b < batches && !stopRequested(); b++) {
      List<E> part = new ArrayList<>();
      int to = Math.min((b + 1) * plan.batchSize(), order.length);
      for (int i = b * plan.batchSize(); i < to; i++) {
        part.add(examples.get(order[i]));
      }
      BatchReport report = step(part, epoch, b + 1, batches);
      listeners.forEach(listener -> listener.onBatch(report));
      if (report.applied()) {
        sum += report.loss();
        done++;
      }
    }
    return done == 0 ? Double.NaN : sum / done;
  }

  private BatchReport step(List<E> examples, int epoch, int number, int batches) {
    stepScope.reset();
    gradients.zero();
    Tape tape = new Tape(backend, stepScope, gradients);
    Tensor loss = run.forward(tape, examples, steps).mean();
    tape.backward(loss);
    summarise(loss);
    backend.download(status, downloaded, 0);
    boolean finite = Double.isFinite(downloaded[0]) && downloaded[2] == 0;
    double norm = Math.sqrt(downloaded[1]);
    if (finite && Double.isFinite(norm)) {
      backend.kernels().clipFactor(status.view(1, Shape.of(1)), plan.maximumNorm(), clip);
      optimiser.step(clip, plan.schedule().factor(steps, (long) plan.epochs() * batches));
      trainable.refresh();
      failures = 0;
    } else if (++failures == MOST_FAILURES) {
      throw new RecurException(
          RecurException.message(
              "training",
              MOST_FAILURES + " batches in a row whose loss or gradient is not finite",
              "finite numbers",
              "Lower the learning rate, set maximumNorm, or look for extreme inputs"));
    }
    steps++;
    return new BatchReport(
        epoch, number, batches, downloaded[0], norm, finite && Double.isFinite(norm));
  }

  /** Loss, squared norm and count of non-finite gradients side by side: one download. */
  private void summarise(Tensor loss) {
    Kernels kernels = backend.kernels();
    kernels.fill(0, status);
    kernels.copy(loss, status.view(0, Shape.of(1)));
    for (Parameter parameter : gradients.parameters()) {
      Tensor gradient = gradients.of(parameter);
      kernels.addSquaredSum(gradient, status.view(1, Shape.of(1)));
      kernels.addNonFiniteCount(gradient, status.view(2, Shape.of(1)));
    }
  }

  private boolean stopRequested() {
    boolean stop = false;
    for (TrainingListener listener : listeners) {
      stop |= listener.stopRequested();
    }
    return stop;
  }

  private void remember() {
    List<Parameter> parameters = trainable.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor value = parameters.get(i).value();
      if (best.size() == i) {
        best.add(scope.create(value.dataType(), value.shape()));
      }
      backend.kernels().copy(value, best.get(i));
    }
  }

  private void putBestBack() {
    for (int i = 0; i < best.size(); i++) {
      backend.kernels().copy(best.get(i), trainable.parameters().get(i).value());
    }
    trainable.refresh();
  }

  @Override
  public void close() {
    run.close();
    judge.close();
    scope.close();
  }
}
