package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.Example;
import org.recur4j.models.metric.Metric;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.loss.Loss;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableNetwork;
import org.recur4j.models.training.optimizer.Clipping;
import org.recur4j.models.training.optimizer.GradientTransform;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Criterion;
import org.recur4j.models.training.schedule.Interval;
import org.recur4j.models.training.schedule.LearningRateSchedule;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * A trainer of a network or another model. The same seed, backend and options give the same
 * weights, bit for bit.
 *
 * <pre>{@code
 * TrainingResult result = Trainer.of(network).optimizer(Optimizer.adam(2e-3)).epochs(20)
 *     .batchSize(64).maximumNorm(5).validationFraction(0.1).seed(1).train(examples);
 * }</pre>
 *
 * @param <E> the type of an example with its target
 */
public final class Trainer<E> {
  private final Trainable<E> trainable;
  private final TrainerOptions options = new TrainerOptions();
  private List<E> validation = List.of();

  private Trainer(Trainable<E> trainable) {
    this.trainable = trainable;
  }

  /**
   * Returns a trainer with the {@link Loss#of(org.recur4j.models.architecture.OutputKind) default
   * loss} of the network's output, Adam with a learning rate of 0.001, 10 epochs, a batch size of
   * 32, no clipping and no validation.
   *
   * @param network the model to train; not to be used elsewhere during training
   * @return the trainer, whose setters return it
   */
  public static Trainer<Example> of(Network network) {
    return of(new TrainableNetwork(network));
  }

  /**
   * Returns a trainer with the given loss and otherwise the defaults of {@link #of(Network)}.
   *
   * @param network the model to train; not to be used elsewhere during training
   * @param loss the loss to minimize; must fit the network's kind of output
   * @return the trainer, whose setters return it
   */
  public static Trainer<Example> of(Network network, Loss loss) {
    return of(new TrainableNetwork(network, loss));
  }

  /**
   * Returns a trainer of any model with the defaults of {@link #of(Network)}.
   *
   * @param trainable the model to train; not to be used elsewhere during training
   * @param <E> the type of an example with its target
   * @return the trainer, whose setters return it
   */
  public static <E> Trainer<E> of(Trainable<E> trainable) {
    return new Trainer<>(trainable);
  }

  /**
   * Sets the optimizer.
   *
   * @param value e.g. {@code Optimizer.adam(2e-3)}
   * @return this
   */
  public Trainer<E> optimizer(Optimizer value) {
    options.optimizer = InvalidArgumentException.requireGiven(value, "trainer", "optimizer");
    return this;
  }

  /**
   * Sets the learning rate schedule; the default is a constant rate.
   *
   * @param value e.g. {@code LearningRateSchedule.cosine()}
   * @return this
   */
  public Trainer<E> schedule(LearningRateSchedule value) {
    options.schedule = InvalidArgumentException.requireGiven(value, "trainer", "schedule");
    return this;
  }

  /**
   * Sets the number of passes over the examples.
   *
   * @param value at least 1
   * @return this
   */
  public Trainer<E> epochs(int value) {
    options.epochs = value;
    return this;
  }

  /**
   * Sets the number of examples per batch.
   *
   * @param value at least 1
   * @return this
   */
  public Trainer<E> batchSize(int value) {
    options.batchSize = value;
    return this;
  }

  /**
   * Sets the batch size of evaluation; larger batches are faster and need more memory.
   *
   * @param value at least 1; 0 for the batch size
   * @return this
   */
  public Trainer<E> evaluationBatchSize(int value) {
    options.evaluationBatchSize = value;
    return this;
  }

  /**
   * Groups sequences of similar length into batches, which reduces padding: shuffles the examples,
   * sorts them by length within windows of several batches, and shuffles the batches.
   *
   * @param windowBatches the batches per window, at least 2; 1 disables bucketing
   * @return this
   */
  public Trainer<E> bucketing(int windowBatches) {
    options.windowBatches = windowBatches;
    return this;
  }

  /**
   * Clips the global norm of the gradients, as {@link Clipping#globalNorm} does.
   *
   * @param value above 0
   * @return this
   */
  public Trainer<E> maximumNorm(double value) {
    return clipping(Clipping.globalNorm(value));
  }

  /**
   * Sets the gradient clipping; the default is no clipping.
   *
   * @param value e.g. {@code Clipping.value(1)}
   * @return this
   */
  public Trainer<E> clipping(Clipping value) {
    options.clipping = InvalidArgumentException.requireGiven(value, "trainer", "clipping");
    return this;
  }

  /**
   * Adds a transform of the gradients that runs in every step before clipping. Transforms run in
   * the order in which they were added. A checkpoint does not record them.
   *
   * @param value the transform, called on the training thread
   * @return this
   */
  public Trainer<E> gradients(GradientTransform value) {
    InvalidArgumentException.requireGiven(value, "trainer", "gradient transform");
    options.gradients = options.gradients.then(value);
    return this;
  }

  /**
   * Sets aside a random fraction of the examples for validation. Use it only if examples share no
   * data: split windows of a series with {@link org.recur4j.models.series.SlidingWindows#split} and
   * examples of one person or document with {@link org.recur4j.models.data.HashSplit#byGroup}, and
   * pass them to {@link #validation}.
   *
   * @param value in [0, 1)
   * @return this
   */
  public Trainer<E> validationFraction(double value) {
    options.validationFraction = value;
    return this;
  }

  /**
   * Sets the validation examples.
   *
   * @param examples examples that are not among the training examples
   * @return this
   */
  public Trainer<E> validation(List<E> examples) {
    // Training reports null elements by index when it begins.
    InvalidArgumentException.requireGiven(examples, "trainer", "validation examples");
    validation = new ArrayList<>(examples);
    return this;
  }

  /**
   * Adds metrics to be computed on the validation examples after every epoch and in {@link
   * #evaluate(List)}. {@link Evaluation#metrics} holds the results.
   *
   * @param values e.g. {@code Metric.macroF1()}; replaces an earlier metric of the same name
   * @return this
   */
  public Trainer<E> metrics(Metric... values) {
    options.add(values);
    return this;
  }

  /**
   * Stops training after a number of epochs without an improvement by validation loss, or by the
   * criterion of {@link #keepBest(Criterion)}, and restores the weights of the best epoch.
   *
   * @param epochsWithoutGain at least 1; 0 disables early stopping
   * @return this
   */
  public Trainer<E> earlyStopping(int epochsWithoutGain) {
    options.patience = epochsWithoutGain;
    return this;
  }

  /**
   * Restores the weights of the epoch with the lowest validation loss when training ends, also if
   * it ends on {@linkplain TrainingListener#stopRequested request}.
   *
   * @return this
   */
  public Trainer<E> keepBest() {
    return keepBest(options.criterion);
  }

  /**
   * Restores the weights of the best epoch by a criterion, which early stopping uses as well.
   *
   * @param value e.g. {@code Criterion.accuracy()}
   * @return this
   */
  public Trainer<E> keepBest(Criterion value) {
    options.criterion = InvalidArgumentException.requireGiven(value, "trainer", "criterion");
    options.keepBest = true;
    return this;
  }

  /**
   * Accumulates the gradients of several batches before each update, which has the effect of a
   * larger batch with the memory of one. Reports and schedules count the larger batches.
   *
   * @param batches at least 1
   * @return this
   */
  public Trainer<E> accumulate(int batches) {
    options.accumulated = batches;
    return this;
  }

  /**
   * Sets truncated backpropagation through time (Williams, Peng 1990): sequences are split into
   * chunks, the weights are updated after each chunk, and the next chunk starts from its final
   * state without propagating gradients into it. Sequences of at most one chunk are not affected.
   * The model must give an output at every step and be unidirectional.
   *
   * @param chunk the steps per chunk, at least 1; 0 disables truncation
   * @return this
   */
  public Trainer<E> truncatedBackpropagation(int chunk) {
    options.chunk = chunk;
    return this;
  }

  /**
   * Writes a checkpoint at intervals and at the end. If the file exists when training begins,
   * training resumes from it and ends with the same weights, bit for bit, as without the
   * interruption; completed training is not repeated. A checkpoint of different training or of
   * different examples is rejected with the first difference (see {@link #resumeDespite}). {@link
   * CheckpointFile} describes the files beside it. Training fails if its first checkpoint cannot be
   * written; a later failure is logged as a warning to {@code org.recur4j}, and the attempt is
   * repeated after the next interval.
   *
   * @param file a safetensors file in an existing folder
   * @param interval e.g. {@code Interval.seconds(60)}
   * @return this
   */
  public Trainer<E> checkpoint(Path file, Interval interval) {
    options.interval =
        InvalidArgumentException.requireGiven(interval, "trainer", "checkpoint interval");
    options.file = InvalidArgumentException.requireGiven(file, "trainer", "checkpoint file");
    return this;
  }

  /**
   * Allows training to resume with other settings or examples than it was started with, for example
   * with more epochs. The final weights then differ from those of uninterrupted training. A model
   * that does not fit the checkpoint's tensors is still rejected.
   *
   * @param names the names given by the message that rejects the checkpoint: {@code "examples"},
   *     {@code "epochs"}, {@code "engine"} and others
   * @return this
   */
  public Trainer<E> resumeDespite(String... names) {
    options.despite.addAll(List.of(names));
    return this;
  }

  /**
   * Sets the seed of the validation split, the order of examples and dropout.
   *
   * @param value any number
   * @return this
   */
  public Trainer<E> seed(long value) {
    options.seed = value;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener called on the training thread; e.g. {@code ConsoleListener.to(System.out)}
   * @return this
   */
  public Trainer<E> listener(TrainingListener listener) {
    options.listeners.add(InvalidArgumentException.requireGiven(listener, "trainer", "listener"));
    return this;
  }

  /**
   * Trains the model. An interrupt of this thread during training, as by {@code
   * Future.cancel(true)}, is a request to stop: training ends after the current batch with {@link
   * TrainingResult.End#INTERRUPTED}, the network keeps its trained weights, the checkpoint is
   * written, and the thread stays interrupted. An interrupt before training has no effect.
   *
   * @param examples at least one
   * @return the result; the network holds the weights
   * @throws InvalidArgumentException if the examples, the model, the settings and the checkpoint do
   *     not fit together, or no target counts; the weights are unchanged
   * @throws org.recur4j.api.error.RecurException if the checkpoint is in use by other training or
   *     cannot be written
   */
  public TrainingResult train(List<E> examples) {
    TrainingPlan plan = options.plan();
    TrainingExamples<E> data = TrainingExamples.of(trainable, plan, examples, validation);
    Optional<Checkpoints.Options> checkpointing = options.checkpointing();
    CheckpointLock lock = CheckpointLock.of(checkpointing);
    try (lock;
        TrainingSession<E> session = new TrainingSession<>(trainable, plan, options)) {
      return session.run(data, checkpointing);
    }
  }

  /**
   * Returns a training loop to which the caller passes the batches. It uses this trainer's
   * optimizer, clipping, gradient transforms, batch size, truncation and seed, and ignores the
   * settings that need epochs or validation examples: the schedule, early stopping, the best
   * weights, listeners and checkpoints.
   *
   * @return the loop, to be closed by the caller
   * @throws InvalidArgumentException if the model does not fit the settings
   */
  public TrainingLoop<E> begin() {
    return new TrainingLoop<>(trainable, options.plan(), options.gradients);
  }

  /**
   * Evaluates a network with the default loss of its kind of output.
   *
   * @param network the network
   * @param examples at least one
   * @return the loss and the accuracy
   * @throws InvalidArgumentException if an example does not fit the network
   */
  public static Evaluation evaluate(Network network, List<Example> examples) {
    return of(network).evaluate(examples);
  }

  /**
   * Evaluates the current model with this trainer's loss and {@link #metrics}, in batches of {@link
   * #evaluationBatchSize} examples.
   *
   * @param examples at least one
   * @return the loss, the metrics, and for classes the accuracy
   * @throws InvalidArgumentException if an example does not fit the model
   */
  public Evaluation evaluate(List<E> examples) {
    TrainingExamples.weights(trainable, examples, "example ");
    try (Evaluator<E> evaluator =
        new Evaluator<>(trainable, options.plan(), options.metrics.values())) {
      return evaluator.evaluate(examples);
    }
  }
}
