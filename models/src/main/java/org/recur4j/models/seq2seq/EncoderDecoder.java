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
import org.recur4j.models.decoding.DecodedSequence;
import org.recur4j.models.decoding.DecodingStrategy;
import org.recur4j.models.internal.assembly.CopiedWeights;
import org.recur4j.models.internal.assembly.ParameterFactory;
import org.recur4j.models.internal.assembly.WeightSource;
import org.recur4j.models.internal.recurrent.LowPrecisionLayers;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableRun;

/**
 * A sequence-to-sequence network: embedding → recurrent encoder → bridge → recurrent decoder →
 * attention → tanh → classes. Threads may share it for translation; training requires exclusive
 * use.
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

  /** Creates a network that shares the weights and packs them at another precision. */
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
   * Returns a builder.
   *
   * @param sourceVocabulary size of the source vocabulary
   * @param targetVocabulary size of the target vocabulary; begin and end need no index
   * @return a builder
   */
  public static EncoderDecoderBuilder builder(int sourceVocabulary, int targetVocabulary) {
    return new EncoderDecoderBuilder(sourceVocabulary, targetVocabulary);
  }

  /**
   * Loads a model from a file.
   *
   * @param file a file written by {@link #save}
   * @param backend backend for the model; must outlive it
   * @return the model; the caller closes it
   * @throws org.recur4j.models.file.ModelFileException if the file is damaged, or its tensors and
   *     their shapes are not exactly those of its architecture; memory is allocated according to
   *     the actual size of the file, not to its header
   * @throws InvalidArgumentException if the backend does not support the model's type
   */
  public static EncoderDecoder load(Path file, Backend backend) {
    return EncoderDecoderFile.load(file, backend);
  }

  /**
   * Writes architecture, weights and notes to a file, atomically and with checksums.
   *
   * @param file a safetensors file; replaced if it exists
   * @param notes for example a vocabulary; keys must not begin with {@code recur4j.}
   * @throws InvalidArgumentException if a key begins with {@code recur4j.}; nothing is written
   * @throws org.recur4j.models.file.ModelFileException if the file cannot be written; an existing
   *     file is then unchanged
   */
  public void save(Path file, Map<String, String> notes) {
    EncoderDecoderFile.save(file, this, notes);
  }

  /**
   * Returns the notes of the file from which this model was loaded.
   *
   * @return the notes given to {@link #save}; empty for a new model
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Returns the architecture.
   *
   * @return the complete description, without the weights
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
   * Returns the number of trainable weights.
   *
   * @return total number of elements of all parameters
   */
  public long parameterCount() {
    return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  /**
   * Returns an inference-only model whose recurrent weights are packed at another precision. It
   * shares the weights with this model, which must outlive it; after the weights have changed,
   * {@link #refresh} packs them again. It cannot be trained.
   *
   * @param value INT8, BF16 or another precision of the backend; FULL yields an inference-only copy
   * @return the model; the caller closes it
   * @throws InvalidArgumentException if the backend has no kernels for a layer at that precision,
   *     with its reason; if a layer runs step by step; or if the weights are not FLOAT32
   */
  public EncoderDecoder at(Precision value) {
    return new EncoderDecoder(trainable, value);
  }

  /**
   * Copies the model, with architecture, weights and notes, to another backend or floating type.
   *
   * @param elsewhere backend for the copy; must outlive it
   * @param type type of the copy's weights and activations; FLOAT64 represents FLOAT32 weights
   *     exactly
   * @return the copy, which can be trained; the caller closes it
   * @throws InvalidArgumentException if the backend does not support the type
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
   * Returns the precision of the recurrent layers' matrix products.
   *
   * @return FULL unless created by {@link #at}
   */
  public Precision precision() {
    return precision;
  }

  /**
   * Returns the memory used by the plans' packed copies of the recurrent weights.
   *
   * @return bytes; layers that use the weights without packing count as 0
   */
  public long packedBytes() {
    return encoder.stack().packedBytes() + decoder.stack().packedBytes();
  }

  /**
   * Returns a table of layers with output shapes, parameters and engines.
   *
   * @return human-readable lines
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
   * Generates the target of each source. Thread-safe.
   *
   * @param sources one source per row, indices below the size of the source vocabulary; rows do not
   *     affect each other
   * @param how greedy search, sampling or beam search
   * @return for each source the result or, for beam search, the results, best first; {@code
   *     attention} is {@code [token][source position]}, 0 past the source's length
   */
  public List<List<DecodedSequence>> translate(List<int[]> sources, DecodingStrategy how) {
    try (Continuation continuation = new EncoderDecoderContinuation(this, sources)) {
      return org.recur4j.models.decoding.SequenceDecoder.decode(continuation, how);
    }
  }

  /**
   * Encodes sources for decoding step by step by the caller.
   *
   * @param sources one source per row, at least one
   * @return a continuation on which no step has been run; the caller closes it
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
