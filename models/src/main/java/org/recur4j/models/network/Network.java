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
 * Layers with their weights on a backend. Threads may share it for predictions; training, which
 * moves the weights, wants it for itself.
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

  /** The same weights, packed once more. */
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

  /** The same but for its weights, which are zeros. */
  Network emptied(Backend elsewhere, DataType type) {
    return new Network(
        elsewhere, architecture.of(type), factories, WeightSource.zeros(), stepwise, metadata);
  }

  /**
   * Reads a network without cells and layers of the user's own.
   *
   * @param file a model file of {@link #save}
   * @param backend where it shall live
   * @return the network; close it
   * @throws org.recur4j.models.file.ModelFileException if the file is damaged, lacks a tensor, has
   *     one too many or one of another shape than its architecture says; memory is asked for what
   *     the file really holds and not for what it claims
   * @throws InvalidArgumentException if the backend lacks the network's type, or the factory of a
   *     cell or layer is missing
   */
  public static Network load(Path file, Backend backend) {
    return load(file, backend, Map.<String, Cell.Factory>of());
  }

  /**
   * Reads a network.
   *
   * @param file a model file of {@link #save}
   * @param backend where it shall live
   * @param cells factories of custom cells, by name
   * @return the network; close it
   * @throws org.recur4j.models.file.ModelFileException as {@link #load(Path, Backend)}
   * @throws InvalidArgumentException as {@link #load(Path, Backend)}
   */
  public static Network load(Path file, Backend backend, Map<String, Cell.Factory> cells) {
    return load(file, backend, Factories.ofCells(cells));
  }

  /**
   * Reads a network with layers of the user's own.
   *
   * @param file a model file of {@link #save}
   * @param backend where it shall live
   * @param factories of custom cells and layers, by name
   * @return the network; close it
   * @throws org.recur4j.models.file.ModelFileException as {@link #load(Path, Backend)}
   * @throws InvalidArgumentException as {@link #load(Path, Backend)}
   */
  public static Network load(Path file, Backend backend, Factories factories) {
    return NetworkFile.load(file, backend, factories);
  }

  /**
   * Writes architecture and weights atomically, with checksums. The same weights give the same
   * bytes.
   *
   * @param file a safetensors file; replaced if it exists
   * @throws org.recur4j.models.file.ModelFileException if it cannot be written; an existing file is
   *     then as before
   */
  public void save(Path file) {
    save(file, metadata);
  }

  /**
   * Writes architecture, weights and notes of the caller's.
   *
   * @param file a safetensors file; replaced if it exists
   * @param notes e.g. a vocabulary; keys do not begin with {@code recur4j.}
   * @throws InvalidArgumentException if a key begins with {@code recur4j.}; nothing is written
   * @throws org.recur4j.models.file.ModelFileException as {@link #save(Path)}
   */
  public void save(Path file, Map<String, String> notes) {
    stack.checkOpen("save");
    NetworkFile.save(file, this, notes);
  }

  /**
   * Notes of the file that this network was read from.
   *
   * @return what was handed to {@link #save(Path, Map)}; empty for a fresh network
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * What it is.
   *
   * @return everything but the weights
   */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Where it lives.
   *
   * @return the backend
   */
  public Backend backend() {
    return backend;
  }

  /**
   * Its weights.
   *
   * @return named as in the model file, first layer first
   */
  public List<Parameter> parameters() {
    return stack.parameters();
  }

  /**
   * Number of weights.
   *
   * @return elements of all parameters
   */
  public long parameterCount() {
    return parameters().stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  LayerStack stack() {
    return stack;
  }

  /**
   * The same network for inference alone, its recurrent layers' weights packed at another
   * precision: smaller, and faster where reading weights is what takes time. It shares the weights
   * with this network, which must outlive it; {@link #save} writes them as they are, and the states
   * of sessions are exchangeable, because {@link #fingerprint} is that of the weights. After they
   * moved, {@link #refresh} packs them again. Training it is refused.
   *
   * <pre>{@code
   * try (Network small = network.at(Precision.INT8)) {
   *   float[][] answers = small.predict(batch);
   * }
   * }</pre>
   *
   * @param value INT8 or BF16, or what else the backend has; FULL is an inference-only twin
   * @return the network; close it
   * @throws InvalidArgumentException if the backend has no kernels for a layer at that precision,
   *     with its reason: nothing runs at another precision than was asked for; if a layer runs step
   *     by step or none is recurrent; if weights are not FLOAT32
   */
  public Network at(Precision value) {
    stack.checkOpen("network at " + value);
    return new Network(trainable, value);
  }

  /**
   * How the recurrent layers' products round.
   *
   * @return FULL unless made by {@link #at}
   */
  public Precision precision() {
    return precision;
  }

  /**
   * Whether it can only be asked: made by {@link #at}.
   *
   * @return true if training is refused
   */
  public boolean inferenceOnly() {
    return trainable != this;
  }

  /**
   * Memory of the recurrent layers' weights as their plans pack them.
   *
   * @return bytes; layers that use the weights where they are count 0
   */
  public long packedBytes() {
    stack.checkOpen("packed bytes");
    return stack.packedBytes();
  }

  /**
   * What summaries call the layers.
   *
   * @return one name a layer, first layer first
   */
  public List<String> layerNames() {
    return stack.layers().stream().map(Layer::name).toList();
  }

  /**
   * What comes into a layer that reads vectors, without gradients: for looking inside.
   *
   * @param layer its place, from 0
   * @param batch one sequence a row
   * @return the values, row-major, {@code [T, B, F]}; {@code [B, F]} once sequences are folded
   * @throws InvalidArgumentException if there is no such layer, or a mask leaves steps out
   */
  public double[] inputsOf(int layer, SequenceBatch batch) {
    stack.checkOpen("inputs of a layer");
    return new Inference(stack).inputsOf(layer, batch);
  }

  /**
   * Opens workspaces that are kept from batch to batch.
   *
   * @param mode INFERENCE, or TRAINING for dropout and gradients
   * @param seed of the dropout masks
   * @return a run; close it
   * @throws InvalidArgumentException if this network is for inference alone and the mode is not
   */
  public NetworkRun open(Mode mode, long seed) {
    stack.checkOpen("open a run");
    LowPrecisionLayers.check("network", inferenceOnly() ? precision : null, mode);
    return new NetworkRun(stack, mode, seed);
  }

  /**
   * Predicts, without gradients, in batches of 32. Threads may call it at once.
   *
   * @param examples at least one, of any lengths and in any order; their answers are not read, see
   *     {@link Example#unlabeled(int[])}; steps that a mask leaves out are not read
   * @return a row for each example, in the order of the examples
   * @throws InvalidArgumentException if there is no example, or one is not what the first layer
   *     reads
   */
  public Predictions predict(List<Example> examples) {
    return predict(examples, PREDICTION_BATCH);
  }

  /**
   * Predicts, without gradients. Threads may call it at once.
   *
   * @param examples as {@link #predict(List)}
   * @param batchSize how many go through the layers together, at least 1: more are faster where
   *     they are of similar length, and take more memory
   * @return a row for each example, in the order of the examples
   * @throws InvalidArgumentException as {@link #predict(List)}, or if the batch size is below 1
   */
  public Predictions predict(List<Example> examples, int batchSize) {
    stack.checkOpen("predict");
    InvalidArgumentException.requireGiven(examples, "predict", "examples");
    return new Inference(stack).answers(examples, batchSize);
  }

  /**
   * Predicts one batch that the caller has laid out, without gradients: for callers that use a
   * batch again and again, or choose what stands at steps that a mask leaves out. Others call
   * {@link #predict(List)}. Threads may call it at once.
   *
   * @param batch one sequence a row
   * @return a row for each sequence: class or label probabilities, or values: one answer of a
   *     one-to-one or many-to-one network; of a many-to-many or one-to-many network the answers of
   *     the row's steps one after the other. At a step that a mask leaves out the answer is the one
   *     before or zeros, as the batch asks
   */
  public float[][] predict(SequenceBatch batch) {
    stack.checkOpen("predict");
    InvalidArgumentException.requireGiven(batch, "predict", "batch");
    return new Inference(stack).answers(batch);
  }

  /**
   * Does once what the first prediction would do before it answers: it predicts a batch of zeros,
   * or of padding where the network reads indices, and drops the answers. The Java machine loads
   * the classes and begins to compile the loops; a backend opens its libraries, loads or compiles
   * its kernels, and fills its pools of memory for this size. Weights, random numbers and sessions
   * are as before. It does not bring the loops to their final speed, for which the Java machine has
   * to run them many times.
   *
   * @param rows how many sequences the first real batch will have, at least 1
   * @param steps how long they will be, at least 1; a one-to-one network reads 1
   * @throws InvalidArgumentException if there is no row or no step
   */
  public void warmUp(int rows, int steps) {
    stack.checkOpen("warmUp");
    new Inference(stack).warmUp(rows, steps);
  }

  /**
   * Opens a sequence that is read step by step.
   *
   * @return a session of one row; close it
   * @throws InvalidArgumentException if the network looks ahead or remembers nothing
   */
  public Session session() {
    return session(1);
  }

  /**
   * Opens sequences that are read step by step, side by side: for servers.
   *
   * @param rows B, how many
   * @return a session; close it
   * @throws InvalidArgumentException if the network looks ahead or remembers nothing
   */
  public Session session(int rows) {
    stack.checkOpen("session");
    return new NetworkSession(stack, rows);
  }

  /**
   * Opens the sessions of many clients, any of which step together: for servers whose clients come
   * and go, and do not all step at once.
   *
   * @param capacity how many clients there may be at once
   * @return nobody's yet; close it
   * @throws InvalidArgumentException if the network looks ahead or remembers nothing, or the
   *     capacity is below 1
   */
  public SessionBatch sessions(int capacity) {
    stack.checkOpen("sessions");
    return new NetworkSessionBatch(stack, capacity);
  }

  /**
   * SHA-256 of the architecture and the weights as they are now.
   *
   * @return 64 hexadecimal digits, the same on every backend that holds the same bits
   */
  public String fingerprint() {
    return stack.fingerprint();
  }

  /** Packs the weights again after they moved; not while another thread runs. */
  public void refresh() {
    stack.checkOpen("refresh");
    stack.refresh();
  }

  /**
   * A table: layer, output, parameters, engine.
   *
   * @return lines for a person
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
