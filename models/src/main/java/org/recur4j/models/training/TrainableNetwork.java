package org.recur4j.models.training;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkRun;

/**
 * A network with the mean loss of its answers.
 *
 * @param network what is trained
 */
record TrainableNetwork(Network network) implements Trainable<Example> {
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
  public int steps(Example example) {
    return example.steps();
  }

  @Override
  public TrainableRun<Example> open(Mode mode, long seed) {
    return new Run(network, network.open(mode, seed));
  }

  private record Run(Network network, NetworkRun run) implements TrainableRun<Example> {
    @Override
    public BatchLoss forward(Ops ops, List<Example> examples, long step) {
      TrainingBatch batch = TrainingBatch.of(network.architecture(), examples);
      Tensor output = run.forward(ops, batch.sequences(), step);
      Tensor mean = MeanLoss.of(ops, output, batch);
      if (batch.labels() == null) {
        return BatchLoss.of(mean, batch.counts());
      }
      Tensor rows = ops.reshape(output, batch.labels().length, output.extent(-1));
      return new BatchLoss(mean, batch.counts(), rows, batch.labels());
    }

    @Override
    public void close() {
      run.close();
    }
  }
}
