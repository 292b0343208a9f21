package org.recur4j.models.training;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkRun;

/** Evaluates a network on examples, batch by batch, in workspaces of its own. */
final class Judge implements AutoCloseable {
  private static final int BATCH = 256;

  private final Network network;
  private final NetworkRun run;
  private final Scope scope;

  Judge(Network network) {
    this.network = network;
    this.run = network.open(Mode.INFERENCE, 0);
    this.scope = network.backend().scope("evaluation");
  }

  Evaluation evaluate(List<Example> examples) {
    if (examples.isEmpty()) {
      throw new InvalidArgumentException(
          "evaluate", "no examples", "at least one", "Give examples to judge by");
    }
    double loss = 0;
    long right = 0;
    long answers = 0;
    boolean classes = false;
    for (int from = 0; from < examples.size(); from += BATCH) {
      List<Example> part = examples.subList(from, Math.min(from + BATCH, examples.size()));
      TrainingBatch batch = TrainingBatch.of(network.architecture(), part);
      scope.reset();
      EagerOps ops = new EagerOps(network.backend(), scope);
      Tensor output = run.forward(ops, batch.sequences(), 0);
      double[] mean = new double[1];
      network.backend().download(MeanLoss.of(ops, output, batch), mean, 0);
      loss += mean[0] * batch.counts();
      answers += batch.counts();
      classes = batch.labels() != null;
      right += classes ? right(output, batch) : 0;
    }
    double count = Math.max(1, answers);
    return new Evaluation(loss / count, classes ? right / count : Double.NaN, answers);
  }

  private long right(Tensor output, TrainingBatch batch) {
    int rows = batch.labels().length;
    Tensor largest = scope.create(DataType.INT32, Shape.of(rows));
    network.backend().kernels().argMax(output.reshape(Shape.of(rows, output.extent(-1))), largest);
    int[] predicted = new int[rows];
    network.backend().download(largest, predicted, 0);
    long right = 0;
    for (int i = 0; i < rows; i++) {
      right += predicted[i] == batch.labels()[i] ? 1 : 0;
    }
    return right;
  }

  @Override
  public void close() {
    run.close();
    scope.close();
  }
}
