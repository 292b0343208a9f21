package org.recur4j.models.parity;

import java.util.List;
import java.util.function.BiFunction;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableRun;

/**
 * A model, a batch and a seed, to be run on any backend.
 *
 * @param build copies the model with its weights to a backend and a type
 * @param examples the batch
 * @param seed seed of the dropout masks
 * @param <E> an example with its target
 */
record ParityCase<E>(
    BiFunction<Backend, DataType, ModelCopy<E>> build, List<E> examples, long seed) {
  /** Copies the list and validates that it is not empty. */
  ParityCase {
    examples = List.copyOf(examples);
    if (examples.isEmpty()) {
      throw new InvalidArgumentException(
          "parity", "no example", "a batch of at least one", "Pass examples of the task");
    }
  }

  /** Runs one training step without the update, and records all results. */
  StepRecording record(Backend backend, DataType type, Fusion fusion) {
    WatchedBackend watched = new WatchedBackend(backend, fusion);
    try (ModelCopy<E> copy = build.apply(watched, type);
        TrainableRun<E> run = copy.trainable().open(Mode.TRACING, seed);
        Scope scope = watched.scope("parity")) {
      List<Parameter> parameters = copy.trainable().parameters();
      Gradients sums = new Gradients(watched, scope, parameters);
      Tape tape = new Tape(watched, scope, sums);
      RecordingOps ops = new RecordingOps(tape, watched, parameters);
      BatchLoss loss = run.forward(ops, examples, 0);
      Downloads downloads = new Downloads(watched, tape, sums, examples.size());
      List<List<Quantity>> forward = downloads.forward(ops.nodes());
      tape.backward(loss.mean());
      List<List<Quantity>> backward = downloads.backward(ops.nodes());
      double[] mean = new double[1];
      watched.download(loss.mean(), mean, 0);
      return new StepRecording(
          mean[0], downloads.largestFromLoss(ops.nodes()), ops.choices(), forward, backward);
    }
  }

  /**
   * A temporary copy of a model.
   *
   * @param trainable copy with its loss
   * @param closing closes the copy
   * @param <E> an example with its target
   */
  record ModelCopy<E>(Trainable<E> trainable, Runnable closing) implements AutoCloseable {
    @Override
    public void close() {
      closing.run();
    }
  }
}
