package org.recur4j.examples.bench;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkRun;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.loss.Loss;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableRun;

/**
 * A network that learns from whole batches instead of examples. Everything else is what the trainer
 * does with any network.
 *
 * @param network what is trained
 */
record PreparedTraining(Network network) implements Trainable<PreparedBatch> {
  @Override
  public Backend backend() {
    return network.backend();
  }

  @Override
  public DataType dataType() {
    return network.architecture().dataType();
  }

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public void refresh() {
    network.refresh();
  }

  @Override
  public int steps(PreparedBatch batch) {
    return batch.sequences().lengths().steps();
  }

  @Override
  public TrainableRun<PreparedBatch> open(Mode mode, long seed) {
    return new Run(network.open(mode, seed), Loss.of(network.architecture().answer()));
  }

  private record Run(NetworkRun run, Loss loss) implements TrainableRun<PreparedBatch> {
    @Override
    public BatchLoss forward(Ops ops, List<PreparedBatch> batches, long step) {
      PreparedBatch batch = batches.get(0);
      Tensor output = run.forward(ops, batch.sequences(), step);
      return loss.of(ops, output, batch.target());
    }

    @Override
    public void close() {
      run.close();
    }
  }
}
