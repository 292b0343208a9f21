package org.recur4j.models.decoding;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.internal.layer.AlternatingScopes;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkOutput;
import org.recur4j.models.network.NetworkRun;
import org.recur4j.models.session.NetworkState;

/** The continuation of sequences by a one-to-many network. */
final class NetworkContinuation implements Continuation {
  private final Network network;
  private final int rows;
  private final int first;
  private final int end;
  private final Scope scope;
  private final NetworkRun run;
  private final AlternatingScopes steps;
  private NetworkState state;
  private int[] chosen;

  /**
   * Reads the begin symbol and the prefix except for the last symbol, which is the input of the
   * first step.
   */
  NetworkContinuation(Generator generator, int rows, int... prefix) {
    this.network = generator.network();
    this.rows = rows;
    this.end = generator.end();
    this.first = prefix.length == 0 ? generator.begin() : prefix[prefix.length - 1];
    this.scope = network.backend().scope("generation");
    this.run = network.open(Mode.INFERENCE, 0);
    this.steps = new AlternatingScopes(network.backend(), scope);
    if (prefix.length > 0) {
      int[] before = new int[prefix.length];
      before[0] = generator.begin();
      System.arraycopy(prefix, 0, before, 1, prefix.length - 1);
      SequenceBatch batch = SequenceBatch.ofIndices(Generator.rows(rows, before));
      state = run.forward(steps.next(), batch, null, 0).last();
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int classes() {
    return network.architecture().outputs();
  }

  @Override
  public int begin() {
    return first;
  }

  @Override
  public int end() {
    return end;
  }

  @Override
  public void choose(int... wanted) {
    int[] before = chosen;
    int[] now = new int[wanted.length];
    for (int row = 0; row < wanted.length; row++) {
      now[row] = before == null ? wanted[row] : before[wanted[row]];
    }
    chosen = now;
  }

  @Override
  public float[] step(int... tokens) {
    EagerOps ops = steps.next();
    if (state != null) {
      state = new NetworkState(AlternatingScopes.rows(ops, state.layers(), chosen));
    }
    chosen = null;
    List<int[]> inputs = Arrays.stream(tokens).mapToObj(token -> new int[] {token}).toList();
    NetworkOutput out = run.forward(ops, SequenceBatch.ofIndices(inputs), state, 0);
    state = out.last();
    float[] logits = new float[out.values().size()];
    network.backend().download(out.values(), logits, 0);
    return logits;
  }

  @Override
  public float[][] attention() {
    return new float[0][];
  }

  @Override
  public void close() {
    run.close();
    steps.close();
    scope.close();
  }
}
