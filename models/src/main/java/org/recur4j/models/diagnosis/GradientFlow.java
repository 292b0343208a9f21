package org.recur4j.models.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Decompositions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.Example;
import org.recur4j.models.layer.LayerTrace;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.model.ChunkedRun;
import org.recur4j.models.training.model.TrainableNetwork;
import org.recur4j.models.training.model.TrainableRun;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;

/**
 * A listener that measures how gradients flow back through time during training. At a fixed
 * interval, it runs a probe batch, using only the last target of each sequence, and records
 * ‖∂L/∂h_t‖, the Jacobians of the steps, the spectral radius of W_hh and the saturation of the
 * gates. Between measurements it only counts batches, and it never changes a weight. Every
 * measurement uses the same dropout masks.
 *
 * <pre>{@code
 * try (GradientFlow flow = GradientFlow.of(network, examples.subList(0, 8)).every(50)) {
 *   flow.measure();
 *   Trainer.of(network).listener(flow).train(examples);
 *   System.out.println(flow.latest().worst().diagnosis().reason());
 * }
 * }</pre>
 *
 * <p>Must be used by one thread and one training run only.
 */
public final class GradientFlow implements TrainingListener, AutoCloseable {
  private static final long DROPOUT_SEED = 0;

  private final TrainableNetwork trained;
  private final Backend backend;
  private final List<Example> probe;
  private final int[] lengths;
  private final Scope scope;
  private final Gradients gradients;
  private final Scope results;
  private final Tape tape;
  private final List<FlowSnapshot> snapshots = new ArrayList<>();
  private Optional<Decompositions> decompositions;
  private int interval = 100;
  private int chunk;
  private long steps;

  private GradientFlow(TrainableNetwork trained, List<Example> probe) {
    this.trained = trained;
    this.backend = trained.backend();
    this.probe = probe.stream().map(Example::withLastAnswerOnly).toList();
    this.lengths = probe.stream().mapToInt(trained::steps).toArray();
    this.scope = backend.scope("gradient flow");
    this.gradients = new Gradients(backend, scope, trained.parameters());
    this.results = scope.child("probe");
    this.tape = new Tape(backend, results, gradients);
    this.decompositions = backend.decompositions();
  }

  /**
   * Creates a probe of a network with the default loss of its kind of output.
   *
   * @param network network in training, with at least one recurrent layer
   * @param probe a few examples, the same for every measurement
   * @return the probe; the caller closes it before the network
   * @throws InvalidArgumentException if there is no example or no recurrent layer
   */
  public static GradientFlow of(Network network, List<Example> probe) {
    return of(new TrainableNetwork(network), probe);
  }

  /**
   * Creates a probe of a network with the loss that it is trained with.
   *
   * @param trained network and loss
   * @param probe a few examples, the same for every measurement
   * @return the probe; the caller closes it before the network
   * @throws InvalidArgumentException if there is no example or no recurrent layer
   */
  public static GradientFlow of(TrainableNetwork trained, List<Example> probe) {
    boolean recurrent =
        trained.network().architecture().layers().stream()
            .anyMatch(org.recur4j.models.architecture.LayerSpec.Recurrent.class::isInstance);
    if (probe.isEmpty() || !recurrent) {
      throw new InvalidArgumentException(
          "gradient flow",
          probe.size() + " examples, " + (recurrent ? "a recurrent" : "no recurrent") + " layer",
          "at least one of each",
          "Probe a recurrent network with a few of its training examples");
    }
    return new GradientFlow(trained, probe);
  }

  /**
   * Sets the interval between measurements.
   *
   * @param batches number of batches, at least 1; the default is 100
   * @return this
   */
  public GradientFlow every(int batches) {
    interval = atLeast("every", batches, 1);
    return this;
  }

  /**
   * Measures under truncated backpropagation through time: gradients end at the beginning of each
   * chunk.
   *
   * @param steps steps per chunk; 0, the default, for whole sequences
   * @return this
   */
  public GradientFlow truncated(int steps) {
    chunk = atLeast("truncated", steps, 0);
    return this;
  }

  /**
   * Sets the source of eigenvalues, for backends that do not supply them.
   *
   * @param value for example another backend's decompositions
   * @return this
   */
  public GradientFlow decompositions(Decompositions value) {
    decompositions = Optional.of(value);
    return this;
  }

  private static int atLeast(String what, int got, int least) {
    if (got < least) {
      throw new InvalidArgumentException(
          "gradient flow", what + " " + got, "at least " + least, "Correct the call");
    }
    return got;
  }

  /**
   * Measures with the current weights.
   *
   * @return the figures, which are also added to {@link #snapshots}
   */
  public FlowSnapshot measure() {
    gradients.zero();
    List<FlowMeter> meters = new ArrayList<>();
    double loss = chunk == 0 ? whole(meters) : chunked(meters);
    FlowSnapshot snapshot =
        new FlowSnapshot(
            steps,
            loss,
            gradientNorm(),
            meters.stream().map(meter -> meter.flow(decompositions)).toList());
    snapshots.add(snapshot);
    return snapshot;
  }

  private double whole(List<FlowMeter> meters) {
    try (TrainableRun<Example> run = trained.open(Mode.TRACING, DROPOUT_SEED)) {
      BatchLoss loss = begin(run::forward);
      return loss.weight() == 0 ? 0 : back(loss, meters, run.traces(afterBackward(loss)), 0);
    }
  }

  private double chunked(List<FlowMeter> meters) {
    double sum = 0;
    double weight = 0;
    try (ChunkedRun<Example> run = trained.openChunked(chunk, Mode.TRACING, DROPOUT_SEED)) {
      int chunks = run.begin(probe);
      for (int i = 0; i < chunks; i++) {
        BatchLoss loss = begin((ops, examples, step) -> run.forward(ops, step));
        if (loss.weight() > 0) {
          sum += loss.weight() * back(loss, meters, run.traces(afterBackward(loss)), i * chunk);
          weight += loss.weight();
        }
      }
    }
    return weight == 0 ? 0 : sum / weight;
  }

  /** A forward pass of the probe. */
  @FunctionalInterface
  private interface Forward {
    BatchLoss run(Ops ops, List<Example> examples, long step);
  }

  private BatchLoss begin(Forward forward) {
    results.reset();
    tape.clear();
    return forward.run(tape, probe, 0);
  }

  private Tape afterBackward(BatchLoss loss) {
    tape.backward(loss.mean());
    return tape;
  }

  private double back(BatchLoss loss, List<FlowMeter> meters, List<LayerTrace> traces, int from) {
    for (int i = 0; i < traces.size(); i++) {
      if (i == meters.size()) {
        meters.add(new FlowMeter(backend, lengths));
      }
      meters.get(i).add(traces.get(i), from);
    }
    double[] value = new double[1];
    backend.download(loss.mean(), value, 0);
    return value[0];
  }

  private double gradientNorm() {
    double sum = 0;
    for (Parameter parameter : gradients.parameters()) {
      Tensor gradient = gradients.of(parameter);
      double[] values = new double[gradient.size()];
      backend.download(gradient, values, 0);
      for (double value : values) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  @Override
  public void onBatch(BatchReport report) {
    steps++;
    if (steps % interval == 0) {
      measure();
    }
  }

  /**
   * Returns all snapshots so far.
   *
   * @return a copy, in the order of the steps
   */
  public List<FlowSnapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  /**
   * Returns the most recent snapshot.
   *
   * @return the last element of {@link #snapshots}
   * @throws InvalidArgumentException if there has been no measurement
   */
  public FlowSnapshot latest() {
    if (snapshots.isEmpty()) {
      throw new InvalidArgumentException(
          "gradient flow", "no measurement", "at least one", "Call measure() first");
    }
    return snapshots.get(snapshots.size() - 1);
  }

  @Override
  public void close() {
    scope.close();
  }
}
