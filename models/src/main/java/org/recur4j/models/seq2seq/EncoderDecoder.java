package org.recur4j.models.seq2seq;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.decoding.Continuation;
import org.recur4j.models.decoding.Decoded;
import org.recur4j.models.decoding.DecodingStrategy;
import org.recur4j.models.internal.assembly.CopiedWeights;
import org.recur4j.models.internal.assembly.ParameterFactory;
import org.recur4j.models.internal.assembly.WeightSource;
import org.recur4j.models.internal.recurrent.LowPrecisionLayers;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableRun;

/**
 * A sequence in, a sequence of another length out: embedding → recurrent encoder → bridge →
 * recurrent decoder → attention → tanh → classes. Threads may share it for translating; training
 * wants it for itself.
 *
 * <pre>{@code
 * EncoderDecoder model = EncoderDecoder.builder(30, 40).embedding(64)
 *     .encoder(lstm(128).direction(Direction.BIDIRECTIONAL)).decoder(lstm(256))
 *     .attention(Attention.GENERAL).build(backend);
 * Trainer.of(model).epochs(10).train(pairs);
 * }</pre>
 */
public final class EncoderDecoder implements Trainable<SequencePair>, AutoCloseable {
  private final Backend backend;
  private final EncoderDecoderArchitecture architecture;
  private final double labelSmoothing;
  private final boolean stepwise;
  private final Map<String, String> metadata;
  private final Scope scope;
  private final Encoder encoder;
  private final Bridge bridge;
  private final Decoder decoder;
  private final List<Parameter> parameters;
  private final EncoderDecoder trainable;
  private final Precision precision;

  EncoderDecoder(
      Backend backend,
      EncoderDecoderArchitecture architecture,
      double labelSmoothing,
      WeightSource beginning,
      boolean stepwise,
      Map<String, String> metadata) {
    if (!backend.info().dataTypes().contains(architecture.dataType())) {
      throw new InvalidArgumentException(
          "encoder–decoder on backend " + backend.info().name(),
          architecture.dataType().toString(),
          "one of " + backend.info().dataTypes(),
          "Choose another type or another backend");
    }
    this.trainable = this;
    this.precision = Precision.FULL;
    this.backend = backend;
    this.architecture = architecture;
    this.labelSmoothing = labelSmoothing;
    this.stepwise = stepwise;
    this.metadata = Map.copyOf(metadata);
    this.scope = backend.scope("encoder–decoder");
    DataType type = architecture.dataType();
    ParameterFactory weights = new ParameterFactory(backend, scope, type, beginning);
    RecurrentStack.Place place = new RecurrentStack.Place(backend, type, weights, stepwise);
    Encoder reading = null;
    boolean complete = false;
    try {
      reading = new Encoder(architecture, place);
      this.encoder = reading;
      this.bridge = new Bridge(architecture, weights);
      this.decoder = new Decoder(architecture, place);
      complete = true;
    } finally {
      if (!complete) {
        if (reading != null) {
          reading.close();
        }
        scope.close();
      }
    }
    List<Parameter> all = new ArrayList<>(encoder.parameters());
    all.addAll(bridge.parameters());
    all.addAll(decoder.parameters());
    this.parameters = List.copyOf(all);
  }

  /** The same weights, packed once more. */
  private EncoderDecoder(EncoderDecoder trainable, Precision precision) {
    this.trainable = trainable;
    this.precision = precision;
    this.backend = trainable.backend;
    this.architecture = trainable.architecture;
    this.labelSmoothing = trainable.labelSmoothing;
    this.stepwise = trainable.stepwise;
    this.metadata = trainable.metadata;
    this.parameters = trainable.parameters;
    this.bridge = trainable.bridge;
    DataType type = trainable.architecture.dataType();
    RecurrentStack reading = trainable.encoder.stack().at(precision, backend, type);
    RecurrentStack saying = null;
    try {
      saying = trainable.decoder.stack().at(precision, backend, type);
    } finally {
      if (saying == null) {
        reading.close();
      }
    }
    this.encoder = new Encoder(trainable.encoder, reading);
    this.decoder = new Decoder(trainable.decoder, saying);
    this.scope = backend.scope("encoder–decoder at " + precision);
  }

  /**
   * Begins a model.
   *
   * @param sourceVocabulary indices of a source are below it
   * @param targetVocabulary indices of a target are below it; begin and end need no index
   * @return a builder
   */
  public static EncoderDecoderBuilder builder(int sourceVocabulary, int targetVocabulary) {
    return new EncoderDecoderBuilder(sourceVocabulary, targetVocabulary);
  }

  /**
   * Reads a model.
   *
   * @param file what {@link #save} wrote
   * @param backend where it shall live; must outlive it
   * @return the model; close it
   * @throws org.recur4j.models.file.ModelFileException if the file is damaged, lacks a tensor, has
   *     one too many or one of another shape than its architecture says; memory is asked for what
   *     the file really holds and not for what it claims
   * @throws InvalidArgumentException if the backend lacks the model's type
   */
  public static EncoderDecoder load(Path file, Backend backend) {
    return EncoderDecoderFile.load(file, backend);
  }

  /**
   * Writes architecture, weights and notes atomically, with checksums.
   *
   * @param file a safetensors file; replaced if it exists
   * @param notes e.g. a vocabulary; keys do not begin with {@code recur4j.}
   * @throws InvalidArgumentException if a key begins with {@code recur4j.}; nothing is written
   * @throws org.recur4j.models.file.ModelFileException if it cannot be written; an existing file is
   *     then as before
   */
  public void save(Path file, Map<String, String> notes) {
    EncoderDecoderFile.save(file, this, notes);
  }

  /**
   * Notes of the file that this model was read from.
   *
   * @return what was handed to {@link #save}; empty for a fresh model
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * What it is.
   *
   * @return everything but the weights
   */
  public EncoderDecoderArchitecture architecture() {
    return architecture;
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public DataType dataType() {
    return architecture.dataType();
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * Number of weights.
   *
   * @return elements of all parameters
   */
  public long parameterCount() {
    return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  /**
   * The same model for inference alone, its recurrent layers' weights packed at another precision.
   * It shares the weights with this model, which must outlive it; after they moved, {@link
   * #refresh} packs them again. Training it is refused.
   *
   * @param value INT8 or BF16, or what else the backend has; FULL is an inference-only twin
   * @return the model; close it
   * @throws InvalidArgumentException if the backend has no kernels for a layer at that precision,
   *     with its reason; if a layer runs step by step; if weights are not FLOAT32
   */
  public EncoderDecoder at(Precision value) {
    return new EncoderDecoder(trainable, value);
  }

  /**
   * The same model on another backend or of another type: architecture, weights, notes.
   *
   * @param elsewhere where the copy lives; must outlive it
   * @param type of the copy's weights and activations; FLOAT64 holds FLOAT32 weights exactly
   * @return the copy, which can train; close it
   * @throws InvalidArgumentException if the backend lacks the type
   */
  public EncoderDecoder copy(Backend elsewhere, DataType type) {
    EncoderDecoder copy =
        new EncoderDecoder(
            elsewhere,
            architecture.of(type),
            labelSmoothing,
            WeightSource.zeros(),
            stepwise,
            metadata);
    boolean complete = false;
    try {
      CopiedWeights.copy(backend, parameters, elsewhere, copy.parameters);
      copy.refresh();
      complete = true;
      return copy;
    } finally {
      if (!complete) {
        copy.close();
      }
    }
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
   * Memory of the recurrent layers' weights as their plans pack them.
   *
   * @return bytes; layers that use the weights where they are count 0
   */
  public long packedBytes() {
    return encoder.stack().packedBytes() + decoder.stack().packedBytes();
  }

  /**
   * A table: layer, output, parameters, engine.
   *
   * @return lines for a person
   */
  public String summary() {
    return EncoderDecoderSummary.of(this);
  }

  @Override
  public void refresh() {
    encoder.refresh();
    decoder.refresh();
  }

  @Override
  public int steps(SequencePair example) {
    return example.source().length + example.target().length;
  }

  @Override
  public double answerWeight(SequencePair example, String name) {
    TokenBatch.check("source of " + name, example.source(), architecture.sourceVocabulary());
    TokenBatch.check("target of " + name, example.target(), architecture.targetVocabulary());
    return example.target().length + 1.0;
  }

  @Override
  public void writeContent(SequencePair example, DataOutput content) throws IOException {
    for (int[] side : List.of(example.source(), example.target())) {
      content.writeInt(side.length);
      for (int token : side) {
        content.writeInt(token);
      }
    }
  }

  @Override
  public TrainableRun<SequencePair> open(Mode mode, long seed) {
    LowPrecisionLayers.check("encoder–decoder", trainable == this ? null : precision, mode);
    return new TeacherForcing(this, mode, seed);
  }

  /**
   * Says the target of each source. Threads may call it at once.
   *
   * @param sources one a row, indices below the source vocabulary; a row's result does not depend
   *     on the others
   * @param how greedy, sampled or beam search
   * @return for each source what was said, best first; {@code attention} is {@code [token][place in
   *     the source]}, 0 past the source's length
   */
  public List<List<Decoded>> translate(List<int[]> sources, DecodingStrategy how) {
    try (Continuation continuation = new EncoderDecoderContinuation(this, sources)) {
      return org.recur4j.models.decoding.SequenceDecoder.decode(continuation, how);
    }
  }

  /**
   * Reads sources and lets the caller say the targets step by step.
   *
   * @param sources one a row, at least one
   * @return at its beginning; close it
   */
  public Continuation begin(List<int[]> sources) {
    return new EncoderDecoderContinuation(this, sources);
  }

  Encoder encoder() {
    return encoder;
  }

  Bridge bridge() {
    return bridge;
  }

  Decoder decoder() {
    return decoder;
  }

  double labelSmoothing() {
    return labelSmoothing;
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
    scope.close();
  }
}
