package org.recur4j.models.training;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;

/** One step of the optimiser after the other: forward, backward, clip, move the weights. */
final class WeightUpdate {
  private final Trainable<?> trainable;
  private final Backend backend;
  private final double maximumNorm;
  private final Scope scope;
  private final Gradients gradients;
  private final OptimiserState optimiser;
  private final Tensor status;
  private final Tensor clip;
  private final double[] downloaded = new double[3];

  WeightUpdate(Trainable<?> trainable, TrainingPlan plan, Scope owner) {
    this.trainable = trainable;
    this.backend = trainable.backend();
    this.maximumNorm = plan.maximumNorm();
    this.scope = owner.child("step");
    this.gradients = new Gradients(backend, owner, trainable.parameters());
    this.optimiser = new OptimiserState(backend, owner, plan.optimiser(), gradients);
    this.status = owner.create(trainable.dataType(), Shape.of(downloaded.length));
    this.clip = owner.create(trainable.dataType(), Shape.of(1));
  }

  /** What a step's loss is made of. */
  @FunctionalInterface
  interface Forward {
    BatchLoss run(Ops ops);
  }

  /**
   * What a step came to.
   *
   * @param loss mean over the answers that count
   * @param norm of all gradients together, before clipping
   * @param applied false if loss or gradient was not finite, so that no weight moved
   */
  record Outcome(double loss, double norm, boolean applied) {}

  /** Moves the weights by a batch's gradients, the optimiser's learning rate times a factor. */
  Outcome step(Forward forward, double rateFactor) {
    scope.reset();
    gradients.zero();
    Tape tape = new Tape(backend, scope, gradients);
    Tensor loss = forward.run(tape).mean();
    tape.backward(loss);
    summarise(loss);
    backend.download(status, downloaded, 0);
    double norm = Math.sqrt(downloaded[1]);
    boolean finite = Double.isFinite(downloaded[0]) && downloaded[2] == 0 && Double.isFinite(norm);
    if (finite) {
      backend.kernels().clipFactor(status.view(1, Shape.of(1)), maximumNorm, clip);
      optimiser.step(clip, rateFactor);
      trainable.refresh();
    }
    return new Outcome(downloaded[0], norm, finite);
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
}
