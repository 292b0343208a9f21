package org.recur4j.models.network;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.internal.assembly.LayerStack;

/** Inference on whole batches, without gradients: predictions, and the inputs of a layer. */
final class Inference {
  private final LayerStack stack;
  private final Backend backend;

  Inference(LayerStack stack) {
    this.stack = stack;
    this.backend = stack.backend();
  }

  /** Implements {@link Network#predict(SequenceBatch)}. */
  float[][] answers(SequenceBatch batch) {
    try (NetworkRun run = new NetworkRun(stack, Mode.INFERENCE, 0);
        Scope results = backend.scope("prediction")) {
      return answers(run, results, batch);
    }
  }

  /** Implements {@link Network#predict(List, int)}, with the workspaces of one run. */
  Predictions answers(List<Example> examples, int batchSize) {
    if (examples.isEmpty() || batchSize < 1) {
      throw new InvalidArgumentException(
          "predict",
          examples.size() + " examples in batches of " + batchSize,
          "at least one example and a batch size of at least 1",
          "Pass at least one example");
    }
    float[][] rows = new float[examples.size()][];
    boolean[][] masks = new boolean[rows.length][];
    try (NetworkRun run = new NetworkRun(stack, Mode.INFERENCE, 0);
        Scope results = backend.scope("prediction")) {
      int from = 0;
      while (from < rows.length) {
        int to = from + Math.min(batchSize, rows.length - from);
        results.reset();
        List<Example> part = examples.subList(from, to);
        SequenceBatch batch = SequenceBatch.ofExamples(part, MaskedOutput.ZERO);
        System.arraycopy(answers(run, results, batch), 0, rows, from, part.size());
        for (Example example : part) {
          masks[from++] = example.mask();
        }
      }
    }
    return new Predictions(stack.architecture(), rows, masks);
  }

  /** Implements {@link Network#warmUp}. */
  void warmUp(int rows, int steps) {
    if (rows < 1 || steps < 1) {
      throw new InvalidArgumentException(
          "warmUp",
          rows + " rows of " + steps + " steps",
          "at least one of each",
          "Give the size of the batches to expect");
    }
    Architecture architecture = stack.architecture();
    int[] padding = new int[steps];
    Arrays.fill(padding, -1);
    Example zeros =
        architecture.readsIndices()
            ? Example.unlabeled(padding)
            : Example.unlabeled(new float[steps][architecture.features()]);
    answers(Collections.nCopies(rows, zeros), rows);
  }

  private float[][] answers(NetworkRun run, Scope results, SequenceBatch batch) {
    Ops ops = new EagerOps(backend, results);
    Tensor out = stack.architecture().answer().predictions(ops, run.forward(ops, batch, 0));
    float[] all = new float[out.size()];
    backend.download(out, all, 0);
    return rows(all, batch);
  }

  private float[][] rows(float[] all, SequenceBatch batch) {
    int outputs = stack.architecture().outputs();
    boolean aligned = stack.architecture().topology().isAligned();
    int[] sources = aligned && batch.mask().hasHoles() ? batch.mask().sources() : null;
    float[][] rows = new float[batch.size()][];
    for (int b = 0; b < rows.length; b++) {
      int steps = aligned ? batch.lengths().get(b) : 1;
      rows[b] = new float[steps * outputs];
      for (int t = 0; t < steps; t++) {
        int from = t * batch.size() + b;
        if (sources == null || sources[from] >= 0) {
          System.arraycopy(all, from * outputs, rows[b], t * outputs, outputs);
        }
      }
    }
    return rows;
  }

  /** Implements {@link Network#inputsOf}. */
  double[] inputsOf(int layer, SequenceBatch batch) {
    if (batch.mask().hasHoles()) {
      throw new InvalidArgumentException(
          "inputsOf",
          "a batch with a mask",
          "a batch without a mask, because layers see real steps only",
          "Leave the masked steps out of the sequences");
    }
    double[][] found = new double[1][];
    try (NetworkRun run = new NetworkRun(stack, Mode.INFERENCE, 0);
        Scope results = backend.scope("inputs of a layer")) {
      run.forward(
          new EagerOps(backend, results),
          batch,
          null,
          0,
          (in, place) -> {
            if (place == layer) {
              found[0] = new double[in.values().size()];
              backend.download(in.values(), found[0], 0);
            }
          });
    }
    if (found[0] == null) {
      throw new InvalidArgumentException(
          "inputsOf",
          "layer " + layer,
          "0 to " + (stack.layers().size() - 1),
          "Count layers from 0");
    }
    return found[0];
  }
}
