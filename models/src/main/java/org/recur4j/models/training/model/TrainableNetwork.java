package org.recur4j.models.training.model;

import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.Example;
import org.recur4j.models.internal.assembly.ArchitectureJson;
import org.recur4j.models.layer.LayerTrace;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkRun;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.loss.Loss;

/**
 * A trainable network: a network with a loss.
 *
 * @param network the network to train
 * @param loss the loss
 */
public record TrainableNetwork(Network network, Loss loss) implements Trainable<Example> {
  /** Checks that the loss fits the network's kind of output. */
  public TrainableNetwork {
    OutputKind answer = network.architecture().answer();
    if (loss.answer() != answer) {
      throw new InvalidArgumentException(
          "training",
          loss.description() + " for a network with output " + answer,
          "a loss for " + answer + ", such as " + Loss.of(answer),
          "Choose another loss, or end the network in classes, labels or values");
    }
    loss.targets(network.architecture().outputs());
  }

  /**
   * Creates a trainable network with the default loss of its kind of output.
   *
   * @param network the network to train
   */
  public TrainableNetwork(Network network) {
    this(network, Loss.of(network.architecture().answer()));
  }

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
  public double answerWeight(Example example, String name) {
    return rules().check(example, name);
  }

  @Override
  public void writeContent(Example example, DataOutput content) throws IOException {
    example.writeTo(content);
  }

  private ExampleRules rules() {
    return new ExampleRules(network.architecture(), loss);
  }

  @Override
  public String description() {
    return ArchitectureJson.write(network.architecture())
        + " "
        + loss.description()
        + " "
        + Trainable.super.description();
  }

  @Override
  public TrainableRun<Example> open(Mode mode, long seed) {
    return new Run(this, network.open(mode, seed));
  }

  @Override
  public ChunkedRun<Example> openChunked(int chunk, long seed) {
    return openChunked(chunk, Mode.TRAINING, seed);
  }

  /**
   * Opens workspaces for truncated backpropagation through time.
   *
   * @param chunk the steps per chunk, at least 1
   * @param mode TRAINING, or TRACING to record the traces of the layers
   * @param seed the seed of the dropout masks
   * @return the run, to be closed by the caller
   * @throws org.recur4j.api.error.InvalidArgumentException if the network does not support it
   */
  public ChunkedRun<Example> openChunked(int chunk, Mode mode, long seed) {
    return new ChunkedNetworkRun(network, loss, chunk, mode, seed);
  }

  private record Run(TrainableNetwork trained, NetworkRun run) implements TrainableRun<Example> {
    @Override
    public BatchLoss forward(Ops ops, List<Example> examples, long step) {
      TrainingBatch batch = TrainingBatch.of(trained.rules(), examples);
      Tensor output = run.forward(ops, batch.sequences(), step);
      return trained.loss().of(ops, output, batch.target());
    }

    @Override
    public List<LayerTrace> traces(Tape tape) {
      return run.traces(tape::gradient);
    }

    @Override
    public void close() {
      run.close();
    }
  }
}
