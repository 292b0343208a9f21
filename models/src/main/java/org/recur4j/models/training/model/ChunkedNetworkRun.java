package org.recur4j.models.training.model;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.Example;
import org.recur4j.models.layer.LayerTrace;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkOutput;
import org.recur4j.models.network.NetworkRun;
import org.recur4j.models.session.NetworkState;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.loss.Loss;

/** Trains a network on sequences chunk by chunk. */
final class ChunkedNetworkRun implements ChunkedRun<Example> {
  private final ExampleRules rules;
  private final int chunk;
  private final NetworkRun run;
  private final Scope scope;

  /** The scopes of the initial and the final state of a chunk, which alternate. */
  private final Scope[] states;

  private List<Example> examples;
  private NetworkState state;
  private int done;

  ChunkedNetworkRun(Network network, Loss loss, int chunk, Mode mode, long seed) {
    check(network.architecture());
    this.rules = new ExampleRules(network.architecture(), loss);
    this.chunk = chunk;
    this.run = network.open(mode, seed);
    this.scope = network.backend().scope("states between chunks");
    this.states = new Scope[] {scope.child("even"), scope.child("odd")};
  }

  private static void check(Architecture architecture) {
    if (!architecture.topology().isAligned()) {
      throw refuse(
          "a " + architecture.topology() + " network",
          "an output at every step, because only the last chunk would have a target" + " otherwise",
          "Train on whole sequences, or use manyToMany");
    }
    List<LayerSpec.Recurrent> recurrent =
        architecture.layers().stream()
            .filter(LayerSpec.Recurrent.class::isInstance)
            .map(LayerSpec.Recurrent.class::cast)
            .toList();
    if (recurrent.isEmpty()) {
      throw refuse(
          "a network without a recurrent layer",
          "a state to carry from chunk to chunk",
          "Remove truncatedBackpropagation");
    }
    for (LayerSpec layer : architecture.layers()) {
      if (layer instanceof LayerSpec.Custom) {
        throw refuse(
            "a custom layer that needs the whole sequence, " + layer,
            "layers that can be split between two steps",
            "Train on whole sequences, or write a custom cell instead");
      }
    }
    for (LayerSpec.Recurrent layer : recurrent) {
      if (layer.options().direction() != Direction.FORWARD) {
        throw refuse(
            "a layer that runs backward, " + layer,
            "forward layers, because the reverse direction starts in the last chunk",
            "Train on whole sequences, or use recurrent(…) in place of bidirectional(…)");
      }
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("truncated backpropagation", got, expected, advice);
  }

  @Override
  public int begin(List<Example> batch) {
    // Check all examples now, before the first chunk updates the weights.
    rules.checkAll(batch);
    examples = List.copyOf(batch);
    state = null;
    done = 0;
    int longest = batch.stream().mapToInt(Example::steps).max().orElse(0);
    return Math.max(1, (int) (((long) longest + chunk - 1) / chunk));
  }

  @Override
  public BatchLoss forward(Ops ops, long step) {
    long from = (long) done * chunk;
    List<Example> parts = examples.stream().map(e -> e.slice(from, from + chunk)).toList();
    TrainingBatch batch = TrainingBatch.of(rules, parts);
    NetworkOutput output = run.forward(ops, batch.sequences(), state, step);
    done++;
    Scope next = states[done % states.length];
    next.reset();
    state = output.last().copy(ops.backend(), next);
    return rules.loss().of(ops, output.values(), batch.target());
  }

  @Override
  public List<LayerTrace> traces(Tape tape) {
    return run.traces(tape::gradient);
  }

  @Override
  public void close() {
    run.close();
    scope.close();
  }
}
