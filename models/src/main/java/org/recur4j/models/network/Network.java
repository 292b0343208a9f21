package org.recur4j.models.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.internal.assembly.LayerStack;
import org.recur4j.models.internal.assembly.WeightSource;
import org.recur4j.models.internal.layer.Layer;
import org.recur4j.models.internal.recurrent.LowPrecisionLayers;
import org.recur4j.models.internal.session.NetworkSession;
import org.recur4j.models.internal.session.NetworkSessionBatch;
import org.recur4j.models.layer.Factories;
import org.recur4j.models.session.Session;
import org.recur4j.models.session.SessionBatch;

/**
 * A network: layers with their weights on a backend. Several threads may predict at once; no other
 * thread may use a network while it is trained, because training changes the weights.
 */
public final class Network implements AutoCloseable {
  private static final int PREDICTION_BATCH = 32;

  private final Backend backend;
  private final Architecture architecture;
  private final Factories factories;
  private final boolean stepwise;
  private final LayerStack stack;
  private final Map<String, String> metadata;
  private final Network trainable;
  private final Precision precision;

  Network(
      Backend backend,
      Architecture architecture,
      Factories factories,
      WeightSource beginning,
      boolean stepwise,
      Map<String, String> metadata) {
    this.trainable = this;
    this.precision = Precision.FULL;
    this.backend = backend;
    this.architecture = architecture;
    this.factories = factories;
    this.stepwise = stepwise;
    this.metadata = Map.copyOf(metadata);
    this.stack = LayerStack.build(backend, architecture, factories, beginning, stepwise);
  }

  /** Shares the weights of a trainable network and packs them at another precision. */
  private Network(Network trainable, Precision precision) {
    this.trainable = trainable;
    this.precision = precision;
    this.backend = trainable.backend;
    this.architecture = trainable.architecture;
    this.factories = trainable.factories;
    this.stepwise = trainable.stepwise;
    this.metadata = trainable.metadata;
    this.stack = trainable.stack.at(precision);
  }

  /** Returns a network of the same architecture whose weights are zeros. */
  Network emptied(Backend elsewhere, DataType type) {
    return new Network(
        elsewhere, architecture.of(type), factories, WeightSource.zeros(), stepwise, metadata);
  }

  /**
   * Reads a network without custom cells and layers. Allocates no more than the file's size allows.
   *
   * @param file a model file written by {@link #save}
   * @param backend the backend of the network
   * @return the network, to be closed by the caller
   * @throws org.recur4j.models.file.ModelFileException if the file is damaged, or its tensors are
   *     not those of its architecture
   * @throws InvalidArgumentException if the backend does not support the network's data type, or
   *     the factory of a cell or layer is missing
   */
  public static Network load(Path file, Backend backend) {
    return load(file, backend, Map.<String, Cell.Factory>of());
  }

  /**
   * Reads a network with custom cells.
   *
   * @param file a model file written by {@link #save}
   * @param backend the backend of the network
   * @param cells factories of custom cells, by name
   * @return the network, to be closed by the caller
   * @throws org.recur4j.models.file.ModelFileException as {@link #load(Path, Backend)}
   * @throws InvalidArgumentException as {@link #load(Path, Backend)}
   */
  public static Network load(Path file, Backend backend, Map<String, Cell.Factory> cells) {
    return load(file, backend, Factories.ofCells(cells));
  }

  /**
   * Reads a network with custom cells and layers.
   *
   * @param file a model file written by {@link #save}
   * @param backend the backend of the network
   * @param factories factories of custom cells and layers, by name
   * @return the network, to be closed by the caller
   * @throws org.recur4j.models.file.ModelFileException as {@link #load(Path, Backend)}
   * @throws InvalidArgumentException as {@link #load(Path, Backend)}
   */
  public static Network load(Path file, Backend backend, Factories factories) {
    return NetworkFile.load(file, backend, factories);
  }

  /**
   * Writes architecture and weights atomically, with checksums. Equal weights give equal bytes.
   *
   * @param file a safetensors file; replaced if it exists
   * @throws org.recur4j.models.file.ModelFileException if it cannot be written; an existing file is
   *     then unchanged
   */
  public void save(Path file) {
    save(file, metadata);
  }

  /**
   * Writes architecture, weights and the caller's notes.
   *
   * @param file a safetensors file; replaced if it exists
   * @param notes for example a vocabulary, by keys that do not begin with {@code recur4j.}
   * @throws InvalidArgumentException if a key begins with {@code recur4j.}; nothing is written
   * @throws org.recur4j.models.file.ModelFileException as {@link #save(Path)}
   */
  public void save(Path file, Map<String, String> notes) {
    stack.checkOpen("save");
    NetworkFile.save(file, this, notes);
  }

  /**
   * Returns the notes of the file that this network was read from.
   *
   * @return the notes passed to {@link #save(Path, Map)}; empty for a new network
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Returns the description of the layers.
   *
   * @return the architecture
   */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Returns the backend that holds the weights.
   *
   * @return the backend
   */
  public Backend backend() {
    return backend;
  }

  /**
   * Returns the parameters.
   *
   * @return the parameters, named as in the model file, first layer first
   */
  public List<Parameter> parameters() {
    return stack.parameters();
  }

  /**
   * Returns the number of weights.
   *
   * @return the number of elements of all parameters
   */
  public long parameterCount() {
    return parameters().stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  LayerStack stack() {
    return stack;
  }

  /**
   * Returns this network for inference only, with its recurrent layers' weights packed at another
   * precision, which saves memory and time spent on reading weights. It shares the weights of this
   * network, which must outlive it, so {@link #save} and {@link #fingerprint} give the same result
   * and session states are interchangeable. Call {@link #refresh} after the weights have changed.
   *
   * <pre>{@code
   * try (Network small = network.at(Precision.INT8)) {
   *   float[][] answers = small.predict(batch);
   * }
   * }</pre>
   *
   * @param value INT8, BF16 or another precision of the backend; FULL only rules out training
   * @return the network, to be closed by the caller
   * @throws InvalidArgumentException if the backend has no kernels for a layer at that precision, a
   *     layer runs step by step, no layer is recurrent, or the weights are not FLOAT32
   */
  public Network at(Precision value) {
    stack.checkOpen("network at " + value);
    return new Network(trainable, value);
  }

  /**
   * Returns the precision of the recurrent layers' products.
   *
   * @return FULL unless made by {@link #at}
   */
  public Precision precision() {
    return precision;
  }

  /**
   * Returns whether this network was made by {@link #at}.
   *
   * @return true if training is refused
   */
  public boolean inferenceOnly() {
    return trainable != this;
  }

  /**
   * Returns the memory of the recurrent layers' packed weights.
   *
   * @return bytes; layers that use the weights in place count 0
   */
  public long packedBytes() {
    stack.checkOpen("packed bytes");
    return stack.packedBytes();
  }

  /**
   * Returns the names of the layers in summaries.
   *
   * @return one name for each layer, first layer first
   */
  public List<String> layerNames() {
    return stack.layers().stream().map(Layer::name).toList();
  }

  /**
   * Returns the input of a layer that reads vectors, for inspection.
   *
   * @param layer its index, from 0
   * @param batch one sequence for each row
   * @return the values, row-major, {@code [T, B, F]}; {@code [B, F]} after the pooling
   * @throws InvalidArgumentException if there is no such layer, or the batch has a mask
   */
  public double[] inputsOf(int layer, SequenceBatch batch) {
    stack.checkOpen("inputs of a layer");
    return new Inference(stack).inputsOf(layer, batch);
  }

  /**
   * Opens a run, whose workspaces are reused from batch to batch.
   *
   * @param mode INFERENCE, or TRAINING for dropout and gradients
   * @param seed the seed of the dropout masks
   * @return the run, to be closed by the caller
   * @throws InvalidArgumentException if this network is for inference only and the mode is not
   */
  public NetworkRun open(Mode mode, long seed) {
    stack.checkOpen("open a run");
    LowPrecisionLayers.check("network", inferenceOnly() ? precision : null, mode);
    return new NetworkRun(stack, mode, seed);
  }

  /**
   * Predicts, without gradients, in batches of 32. Several threads may call it at once.
   *
   * @param examples at least one, of any lengths and in any order; their targets and masked steps
   *     are not read, see {@link Example#unlabeled(int[])}
   * @return a row for each example, in the order of the examples
   * @throws InvalidArgumentException if there is no example, or one does not fit the first layer
   */
  public Predictions predict(List<Example> examples) {
    return predict(examples, PREDICTION_BATCH);
  }

  /**
   * Predicts, without gradients. Several threads may call it at once.
   *
   * @param examples as {@link #predict(List)}
   * @param batchSize at least 1; larger batches take more memory, and are faster if the examples
   *     are of similar length
   * @return a row for each example, in the order of the examples
   * @throws InvalidArgumentException as {@link #predict(List)}, or if the batch size is below 1
   */
  public Predictions predict(List<Example> examples, int batchSize) {
    stack.checkOpen("predict");
    InvalidArgumentException.requireGiven(examples, "predict", "examples");
    return new Inference(stack).answers(examples, batchSize);
  }

  /**
   * Predicts a batch, without gradients. It is for callers that reuse a batch or choose the output
   * of masked steps; see also {@link #predict(List)}. Several threads may call it at once.
   *
   * @param batch one sequence for each row
   * @return a row for each sequence: probabilities or values, of each step in turn for a
   *     many-to-many or one-to-many network; those of a masked step are the previous step's or
   *     zeros, as the batch requests
   */
  public float[][] predict(SequenceBatch batch) {
    stack.checkOpen("predict");
    InvalidArgumentException.requireGiven(batch, "predict", "batch");
    return new Inference(stack).answers(batch);
  }

  /**
   * Predicts a batch of zeros or padding and discards the result, so that the first real prediction
   * does not have to load classes and libraries, load or compile kernels, and allocate memory for
   * this size. Full speed takes more runs. Weights, random numbers and sessions do not change.
   *
   * @param rows number of sequences of the first real batch, at least 1
   * @param steps their length, at least 1; 1 for a one-to-one network
   * @throws InvalidArgumentException if there is no row or no step
   */
  public void warmUp(int rows, int steps) {
    stack.checkOpen("warmUp");
    new Inference(stack).warmUp(rows, steps);
  }

  /**
   * Opens a session that reads one sequence step by step.
   *
   * @return the session, to be closed by the caller
   * @throws InvalidArgumentException if a layer needs the whole sequence, or the network is
   *     one-to-one
   */
  public Session session() {
    return session(1);
  }

  /**
   * Opens a session that reads several sequences step by step, side by side.
   *
   * @param rows B, number of sequences
   * @return the session, to be closed by the caller
   * @throws InvalidArgumentException as {@link #session()}, or if there is no row
   */
  public Session session(int rows) {
    stack.checkOpen("session");
    return new NetworkSession(stack, rows);
  }

  /**
   * Opens a batch of sessions, any of which can step together, for clients that come and go.
   *
   * @param capacity maximum number of clients at once, at least 1
   * @return the batch, without clients, to be closed by the caller
   * @throws InvalidArgumentException as {@link #session()}, or if the capacity is below 1
   */
  public SessionBatch sessions(int capacity) {
    stack.checkOpen("sessions");
    return new NetworkSessionBatch(stack, capacity);
  }

  /**
   * Returns the SHA-256 of the architecture and the current weights.
   *
   * @return 64 hexadecimal digits, the same on every backend that holds the same bits
   */
  public String fingerprint() {
    return stack.fingerprint();
  }

  /** Packs the weights again after they have changed; not while another thread runs. */
  public void refresh() {
    stack.checkOpen("refresh");
    stack.refresh();
  }

  /**
   * Returns a table with the columns layer, output, parameters and engine.
   *
   * @return the table as lines of text
   */
  public String summary() {
    stack.checkOpen("summary");
    return Summary.of(this);
  }

  @Override
  public void close() {
    stack.close();
  }
}
