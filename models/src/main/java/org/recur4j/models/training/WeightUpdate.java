package org.recur4j.models.training;

import java.util.Collections;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.NonFinite;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.optimizer.Clipping;
import org.recur4j.models.training.optimizer.GradientTransform;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * Performs the steps of the optimizer: forward, backward, clipping and the update of the weights.
 */
final class WeightUpdate {
  private final Trainable<?> trainable;
  private final Backend backend;
  private final Kernels kernels;
  private final Scope scope;
  private final Gradients gradients;
  private final OptimizerState optimizer;
  private final Tensor status;
  private final Tensor statusLoss;
  private final Tensor statusNorm;
  private final GradientTransform transform;
  private final Clipping clipping;
  private final List<Tensor> unclipped;
  private final Tape tape;
  private final double[] downloaded = new double[2];

  WeightUpdate(
      Trainable<?> trainable, TrainingPlan plan, GradientTransform transform, Scope owner) {
    this.trainable = trainable;
    this.backend = trainable.backend();
    this.kernels = backend.kernels();
    this.scope = owner.child("step");
    this.gradients = new Gradients(backend, owner, trainable.parameters());
    this.optimizer = new OptimizerState(backend, owner, plan.optimizer(), gradients);
    this.status = owner.create(trainable.dataType(), Shape.of(downloaded.length));
    this.statusLoss = status.view(0, Shape.of(1));
    this.statusNorm = status.view(1, Shape.of(1));
    this.transform = transform;
    this.clipping = plan.clipping();
    Tensor one = owner.create(trainable.dataType(), Shape.of(1));
    kernels.fill(1, one);
    this.unclipped = Collections.nCopies(gradients.parameters().size(), one);
    this.tape = new Tape(backend, scope, gradients);
  }

  OptimizerState optimizer() {
    return optimizer;
  }

  /** A forward pass that computes the loss of a batch or a part of one. */
  @FunctionalInterface
  interface Forward {
    BatchLoss run(Ops ops);
  }

  /**
   * The outcome of a step.
   *
   * @param loss the mean over the targets that count; 0 if there are none
   * @param norm the global norm of the gradients before clipping
   * @param weight the total weight of the targets; 0 if none counts
   * @param applied false if the weights are unchanged because no target counted, or the loss or a
   *     gradient was not finite
   * @param fault where the first number that is not finite arose; empty if all are finite
   */
  record Outcome(double loss, double norm, double weight, boolean applied, String fault) {
    boolean isFinite() {
      return applied || weight == 0;
    }
  }

  /**
   * Updates the weights by the gradients of all parts, with the learning rate multiplied by a
   * factor.
   */
  Outcome step(List<Forward> parts, double rateFactor) {
    gradients.zero();
    kernels.fill(0, status);
    double weight = parts.size() == 1 ? whole(parts.get(0)) : sum(parts);
    if (weight == 0) {
      return new Outcome(0, 0, 0, false, "");
    }
    transform.transform(new EagerOps(backend, scope), gradients);
    // The norm is not finite if any element is not, so a separate check is not needed.
    for (Parameter parameter : gradients.parameters()) {
      kernels.addSquaredSum(gradients.of(parameter), statusNorm);
    }
    backend.download(status, downloaded, 0);
    double norm = Math.sqrt(downloaded[1]);
    boolean finite = Double.isFinite(downloaded[0]) && Double.isFinite(norm);
    if (finite) {
      optimizer.step(scales(), rateFactor);
      trainable.refresh();
    }
    return new Outcome(downloaded[0], norm, weight, finite, finite ? "" : fault());
  }

  private List<Tensor> scales() {
    List<Tensor> scales = clipping.clip(new EagerOps(backend, scope), gradients, statusNorm);
    if (scales.isEmpty()) {
      return unclipped;
    }
    if (scales.size() != unclipped.size()) {
      throw new InvalidArgumentException(
          clipping.description(),
          scales.size() + " scales",
          "one for each of " + unclipped.size() + " parameters, or none",
          "Correct its method clip");
    }
    return scales;
  }

  private double whole(Forward forward) {
    begin();
    BatchLoss loss = forward.run(tape);
    if (loss.weight() > 0) {
      tape.backward(loss.mean());
      kernels.copy(loss.mean(), statusLoss);
    }
    return loss.weight();
  }

  private void begin() {
    scope.reset();
    tape.clear();
  }

  /** Computes the mean over the targets of all parts, as for a single batch. */
  private double sum(List<Forward> parts) {
    double weight = 0;
    for (Forward forward : parts) {
      begin();
      BatchLoss loss = forward.run(tape);
      if (loss.weight() > 0) {
        Tensor weighed = tape.affine(loss.weight(), tape.reshape(loss.mean(), 1), 0);
        tape.backward(weighed);
        kernels.sumTo(weighed, 1, statusLoss);
        weight += loss.weight();
      }
    }
    if (weight > 0) {
      kernels.affine(1 / weight, 0, status, status);
      for (Parameter parameter : gradients.parameters()) {
        Tensor gradient = gradients.of(parameter);
        kernels.affine(1 / weight, 0, gradient, gradient);
      }
    }
    return weight;
  }

  /**
   * Describes the first number that is not finite. After several parts, the tape is that of the
   * last part.
   */
  private String fault() {
    return NonFinite.find(tape, gradients)
        .map(NonFinite::toString)
        .orElse(
            Double.isFinite(downloaded[0])
                ? "every gradient is finite, but the square of their norm is not"
                : "a loss of a part before the last");
  }
}
