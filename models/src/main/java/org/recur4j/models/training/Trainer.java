package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.recur4j.models.training.schedule.Batching;
import org.recur4j.models.training.schedule.Criterion;
import org.recur4j.models.training.schedule.Interval;
import org.recur4j.models.training.schedule.LearningRateSchedule;
import org.recur4j.models.training.schedule.Selection;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * Trains a network. The same seed, backend and options give the same weights, bit for bit.
 *
 * <pre>{@code
 * TrainingResult result = Trainer.of(network).optimizer(Optimizer.adam(2e-3)).epochs(20)
 *     .batchSize(64).maximumNorm(5).validationFraction(0.1).seed(1).train(examples);
 * }</pre>
 *
 * @param <E> an example with its answer
 */
public final class Trainer<E> {
  private static final int DEFAULT_BATCH_SIZE = 32;

  private final Trainable<E> trainable;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private final Map<String, Metric> metrics = new LinkedHashMap<>();
  private List<E> validation = List.of();
  private Optimizer optimizer = Optimizer.adam(1e-3);
  private LearningRateSchedule schedule = LearningRateSchedule.constant();
  private int epochs = 10;
  private int batchSize = DEFAULT_BATCH_SIZE;
  private int evaluationBatchSize;
  private int windowBatches = 1;
  private int accumulated = 1;
  private int chunk;
  private Clipping clipping = Clipping.none();
  private GradientTransform gradients = (ops, each) -> {};
  private double validationFraction;
  private Criterion criterion = Criterion.loss();
  private int patience;
  private boolean keepBest;
  private Checkpointing checkpointing;
  private final Set<String> despite = new LinkedHashSet<>();
  private long seed;

  private Trainer(Trainable<E> trainable) {
    this.trainable = trainable;
  }

  /**
   * A trainer with the {@link Loss#of(org.recur4j.models.architecture.OutputKind) loss} of the
   * network's kind of answer, Adam at 0.001, 10 epochs, batches of 32, no clipping, no validation.
   *
   * @param network what to train; nobody else uses it meanwhile
   * @return the trainer; each method returns it
   */
  public static Trainer<Example> of(Network network) {
    return of(new TrainableNetwork(network));
  }

  /**
   * A trainer with a loss of your choice, else set as {@link #of(Network)} sets it.
   *
   * @param network what to train; nobody else uses it meanwhile
   * @param loss what is lowered; of the network's kind of answer
   * @return the trainer; each method returns it
   */
  public static Trainer<Example> of(Network network, Loss loss) {
    return of(new TrainableNetwork(network, loss));
  }

  /**
   * A trainer of any model, set as {@link #of(Network)} sets it.
   *
   * @param trainable what to train; nobody else uses it meanwhile
   * @param <E> an example with its answer
   * @return the trainer; each method returns it
   */
  public static <E> Trainer<E> of(Trainable<E> trainable) {
    return new Trainer<>(trainable);
  }

  /**
   * How gradients move weights.
   *
   * @param value e.g. {@code Optimizer.adam(2e-3)}
   * @return this
   */
  public Trainer<E> optimizer(Optimizer value) {
    optimizer = InvalidArgumentException.requireGiven(value, "trainer", "optimizer");
    return this;
  }

  /**
   * How the learning rate moves from step to step; constant unless set.
   *
   * @param value e.g. {@code LearningRateSchedule.cosine()}
   * @return this
   */
  public Trainer<E> schedule(LearningRateSchedule value) {
    schedule = InvalidArgumentException.requireGiven(value, "trainer", "schedule");
    return this;
  }

  /**
   * Passes over the examples.
   *
   * @param value at least 1
   * @return this
   */
  public Trainer<E> epochs(int value) {
    epochs = value;
    return this;
  }

  /**
   * Examples a step.
   *
   * @param value at least 1
   * @return this
   */
  public Trainer<E> batchSize(int value) {
    batchSize = value;
    return this;
  }

  /**
   * How many examples are evaluated at once; more are faster, and need memory in proportion.
   *
   * @param value at least 1; 0 for as many as the batch size
   * @return this
   */
  public Trainer<E> evaluationBatchSize(int value) {
    evaluationBatchSize = value;
    return this;
  }

  /**
   * Makes batches of sequences of similar length, which are padded little: shuffles the examples,
   * sorts them by length inside windows of several batches, and shuffles the batches.
   *
   * @param windowBatches batches a window, at least 2; 1 switches it off
   * @return this
   */
  public Trainer<E> bucketing(int windowBatches) {
    this.windowBatches = windowBatches;
    return this;
  }

  /**
   * Scales the gradients down where their global norm is larger; the same as {@code
   * clipping(Clipping.globalNorm(value))}.
   *
   * @param value above 0
   * @return this
   */
  public Trainer<E> maximumNorm(double value) {
    return clipping(Clipping.globalNorm(value));
  }

  /**
   * Holds gradients small; they are as they are unless this is set.
   *
   * @param value e.g. {@code Clipping.value(1)}
   * @return this
   */
  public Trainer<E> clipping(Clipping value) {
    clipping = InvalidArgumentException.requireGiven(value, "trainer", "clipping");
    return this;
  }

  /**
   * Changes the gradients of every step before they are clipped; a further one is called after
   * those before. A checkpoint knows nothing of them.
   *
   * @param value called on this thread
   * @return this
   */
  public Trainer<E> gradients(GradientTransform value) {
    InvalidArgumentException.requireGiven(value, "trainer", "gradient transform");
    gradients = gradients.then(value);
    return this;
  }

  /**
   * Sets a random part of the examples aside for validation. Examples must not share data: windows
   * of a series are divided by {@link org.recur4j.models.series.SlidingWindows#split}, examples of
   * the same person or document by {@link org.recur4j.models.data.HashSplit#byGroup}, and handed to
   * {@link #validation}.
   *
   * @param value in [0, 1)
   * @return this
   */
  public Trainer<E> validationFraction(double value) {
    validationFraction = value;
    return this;
  }

  /**
   * Judges by these examples.
   *
   * @param examples none of them trained on
   * @return this
   */
  public Trainer<E> validation(List<E> examples) {
    // Null elements are refused by their place when training begins.
    InvalidArgumentException.requireGiven(examples, "trainer", "validation examples");
    validation = new ArrayList<>(examples);
    return this;
  }

  /**
   * Measures more than the loss after every epoch with validation examples, and in {@link
   * #evaluate(List)}. {@link Evaluation#metrics} holds the results.
   *
   * @param values e.g. {@code Metric.macroF1()}; a later one replaces one of the same name
   * @return this
   */
  public Trainer<E> metrics(Metric... values) {
    for (Metric metric : values) {
      metrics.put(
          InvalidArgumentException.requireGiven(metric, "trainer", "metric").name(), metric);
    }
    return this;
  }

  /**
   * Ends training when no epoch was better than the best for so many epochs, and puts its weights
   * back. Better is a lower validation loss, or what {@link #keepBest(Criterion)} says.
   *
   * @param epochsWithoutGain at least 1; 0 switches it off
   * @return this
   */
  public Trainer<E> earlyStopping(int epochsWithoutGain) {
    patience = epochsWithoutGain;
    return this;
  }

  /**
   * Puts the weights of the epoch with the lowest validation loss back when training ends, by
   * itself or by {@link TrainingListener#stopRequested request}.
   *
   * @return this
   */
  public Trainer<E> keepBest() {
    return keepBest(criterion);
  }

  /**
   * Puts the weights of the best epoch back when training ends; early stopping waits for a better
   * one in the same sense.
   *
   * @param value what counts, e.g. {@code Criterion.accuracy()}
   * @return this
   */
  public Trainer<E> keepBest(Criterion value) {
    criterion = InvalidArgumentException.requireGiven(value, "trainer", "criterion");
    keepBest = true;
    return this;
  }

  /**
   * Adds up the gradients of several batches before the weights move: as larger batches would, in
   * the memory of one. Reports and schedules count the larger batches.
   *
   * @param batches at least 1
   * @return this
   */
  public Trainer<E> accumulate(int batches) {
    accumulated = batches;
    return this;
  }

  /**
   * Truncated backpropagation through time (Williams, Peng 1990): sequences are cut into chunks;
   * the weights move after each, and the next one begins with the state in which it ended, but
   * sends no gradient back into it. Sequences up to the chunk's length train as ever. Wants a model
   * that gives an answer at every step and reads forwards only.
   *
   * @param chunk steps, at least 1; 0 switches it off
   * @return this
   */
  public Trainer<E> truncatedBackpropagation(int chunk) {
    this.chunk = chunk;
    return this;
  }

  /**
   * Writes a checkpoint now and then, and at the end. If the file is there when training begins, it
   * goes on from it and ends with the same weights as if it had never been interrupted, bit for
   * bit; a training that had ended is not repeated. A checkpoint of another training, or of other
   * examples, is refused with the first difference ({@link #resumeDespite}). {@link CheckpointFile}
   * says what lies beside it. The first checkpoint that cannot be written ends the training; a
   * later one is a warning in the log {@code org.recur4j}, and is tried again after the next
   * interval.
   *
   * @param file a safetensors file in an existing folder
   * @param interval e.g. {@code Interval.seconds(60)}
   * @return this
   */
  public Trainer<E> checkpoint(Path file, Interval interval) {
    InvalidArgumentException.requireGiven(file, "trainer", "checkpoint file");
    InvalidArgumentException.requireGiven(interval, "trainer", "checkpoint interval");
    checkpointing = new Checkpointing(file, interval);
    return this;
  }

  /**
   * Resumes from a checkpoint although something differs from the training that began it, such as
   * the epochs, or the examples because some were added; it then ends with other weights than one
   * never interrupted. What does not fit the checkpoint's tensors is refused all the same.
   *
   * @param names of what may differ, as the message says that refuses the checkpoint: {@code
   *     "examples"}, {@code "epochs"}, {@code "engine"} and others
   * @return this
   */
  public Trainer<E> resumeDespite(String... names) {
    despite.addAll(List.of(names));
    return this;
  }

  /**
   * The seed of split, order and dropout.
   *
   * @param value any number
   * @return this
   */
  public Trainer<E> seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener told on this thread; e.g. {@code ConsoleListener.to(System.out)}
   * @return this
   */
  public Trainer<E> listener(TrainingListener listener) {
    listeners.add(InvalidArgumentException.requireGiven(listener, "trainer", "listener"));
    return this;
  }

  /**
   * Trains. An interrupt of this thread while it trains, as {@code Future.cancel(true)} sends, is a
   * request to stop: training ends after the batch that is running with {@link
   * TrainingResult.End#INTERRUPTED}, the network holds what it learned, the checkpoint is written,
   * and the thread stays interrupted. A thread that was interrupted before trains as any other.
   *
   * @param examples at least one
   * @return what it came to; the network holds the weights
   * @throws InvalidArgumentException if an example does not fit the model, none has an answer that
   *     counts, the model does not fit the plan, or the checkpoint not the training; no weight has
   *     moved then
   * @throws org.recur4j.api.error.RecurException if another training uses the checkpoint, or it
   *     cannot be written
   */
  public TrainingResult train(List<E> examples) {
    TrainingPlan plan = plan();
    TrainingExamples<E> data = TrainingExamples.of(trainable, plan, examples, validation);
    CheckpointLock lock = CheckpointLock.of(checkpointing);
    try (lock;
        TrainingSession<E> session =
            new TrainingSession<>(trainable, plan, gradients, metrics.values(), listeners)) {
      return session.run(data, Optional.ofNullable(checkpointing).map(c -> c.despite(despite)));
    }
  }

  /**
   * Begins a training whose batches the caller brings. Optimizer, clipping, batch size, truncation
   * and seed are this trainer's; what needs epochs or validation examples is not: the learning
   * rate's factor is the caller's to give, and nobody stops, keeps or writes anything.
   *
   * @return a loop; close it
   * @throws InvalidArgumentException if the model does not fit the plan
   */
  public TrainingLoop<E> begin() {
    return new TrainingLoop<>(trainable, plan(), gradients);
  }

  private TrainingPlan plan() {
    int evaluated = evaluationBatchSize == 0 ? batchSize : evaluationBatchSize;
    return new TrainingPlan(
        optimizer,
        schedule,
        epochs,
        new Batching(batchSize, windowBatches, accumulated, chunk, evaluated),
        clipping,
        validationFraction,
        new Selection(criterion, patience, keepBest),
        seed);
  }

  /**
   * Judges a network by the loss of its kind of answer, without gradients.
   *
   * @param network the network
   * @param examples at least one
   * @return loss and accuracy
   * @throws InvalidArgumentException if an example does not fit the network
   */
  public static Evaluation evaluate(Network network, List<Example> examples) {
    return of(network).evaluate(examples);
  }

  /**
   * Judges the model as it is, without gradients: by this trainer's loss and {@link #metrics}, in
   * batches of its {@link #evaluationBatchSize}.
   *
   * @param examples at least one
   * @return loss, and accuracy where there are classes
   * @throws InvalidArgumentException if an example does not fit the model
   */
  public Evaluation evaluate(List<E> examples) {
    TrainingExamples.weights(trainable, examples, "example ");
    try (Evaluator<E> evaluator = new Evaluator<>(trainable, plan(), metrics.values())) {
      return evaluator.evaluate(examples);
    }
  }
}
