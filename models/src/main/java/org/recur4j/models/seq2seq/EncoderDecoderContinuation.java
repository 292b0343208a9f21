package org.recur4j.models.seq2seq;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.decoding.Continuation;
import org.recur4j.models.internal.layer.AlternatingScopes;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.Workspaces;

/** The decoding of a batch of encoded sources. */
final class EncoderDecoderContinuation implements Continuation {
  private static final DropoutContext NOTHING = new DropoutContext(Mode.INFERENCE, 0, 0);

  private final EncoderDecoder model;
  private final int rows;
  private final Scope scope;
  private final Workspaces passes;
  private final AlternatingScopes steps;
  private final Scope memoryScope;
  private final EncodedSource read;

  /** The index of the source of each row. */
  private int[] sources;

  private EncodedSource memory;
  private List<State> states;
  private int[] chosen;
  private float[][] attention = new float[0][];

  EncoderDecoderContinuation(EncoderDecoder model, List<int[]> sequences) {
    if (sequences.isEmpty()) {
      throw new InvalidArgumentException(
          "translate", "no source", "at least one", "Skip empty batches");
    }
    this.model = model;
    this.rows = sequences.size();
    Backend backend = model.backend();
    TokenBatch batch = TokenBatch.of("source", sequences, model.architecture().sourceVocabulary());
    this.scope = backend.scope("translation");
    this.passes = new Workspaces(scope.child("passes"));
    this.steps = new AlternatingScopes(backend, scope);
    this.memoryScope = scope.child("memory");
    EagerOps ops = new EagerOps(backend, scope);
    LayerContext run = TokenBatch.run(ops, batch.lengths(), NOTHING, passes);
    RecurrentStack.Run encoded = model.encoder().run(run, batch.upload(ops));
    this.read = model.decoder().encode(ops, encoded.values(), batch.lengths());
    this.memory = read;
    this.states = model.bridge().initialStates(run, encoded.last());
    this.sources = new int[rows];
    Arrays.setAll(sources, row -> row);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int classes() {
    return model.architecture().classes();
  }

  @Override
  public int begin() {
    return model.architecture().boundary();
  }

  @Override
  public int end() {
    return model.architecture().boundary();
  }

  @Override
  public void choose(int... wanted) {
    int[] before = chosen;
    int[] now = new int[wanted.length];
    int[] sourcesNow = new int[wanted.length];
    for (int row = 0; row < wanted.length; row++) {
      now[row] = before == null ? wanted[row] : before[wanted[row]];
      sourcesNow[row] = sources[wanted[row]];
    }
    chosen = now;
    if (!Arrays.equals(sources, sourcesNow) && read != null) {
      memoryScope.reset();
      memory = read.rows(new EagerOps(model.backend(), memoryScope), sourcesNow);
    }
    sources = sourcesNow;
  }

  @Override
  public float[] step(int... tokens) {
    EagerOps ops = steps.next();
    Tensor in = ops.scope().create(DataType.INT32, Shape.of(1, tokens.length));
    ops.backend().upload(tokens, 0, in);
    LayerContext run = TokenBatch.run(ops, Lengths.full(1, tokens.length), NOTHING, passes);
    Decoder.Output output =
        model.decoder().run(run, in, memory, AlternatingScopes.rows(ops, states, chosen));
    states = output.last();
    chosen = null;
    float[] logits = new float[output.logits().size()];
    ops.backend().download(output.logits(), logits, 0);
    attention = output.weights() == null ? new float[0][] : rows(ops, output.weights());
    return logits;
  }

  private float[][] rows(EagerOps ops, Tensor weights) {
    int places = weights.extent(2);
    float[] all = new float[weights.size()];
    ops.backend().download(weights, all, 0);
    float[][] each = new float[weights.extent(0)][];
    for (int row = 0; row < each.length; row++) {
      each[row] = Arrays.copyOfRange(all, row * places, (row + 1) * places);
    }
    return each;
  }

  @Override
  public float[][] attention() {
    return attention;
  }

  @Override
  public void close() {
    passes.close();
    scope.close();
  }
}
