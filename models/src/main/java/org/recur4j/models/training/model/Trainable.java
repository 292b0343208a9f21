package org.recur4j.models.training.model;

import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.loss.Loss;

/**
 * A model that a {@link Trainer} can train: weights and a loss of examples. {@code
 * Trainer.of(network)} creates one from a network; other models implement this interface.
 *
 * @param <E> the type of an example with its target
 */
public interface Trainable<E> {
  /**
   * Returns a trainable network with a loss.
   *
   * @param network the network to train
   * @param loss a loss for the network's kind of output
   * @return the trainable network
   * @throws InvalidArgumentException if the loss is for another kind of output
   */
  static Trainable<Example> of(Network network, Loss loss) {
    return new TrainableNetwork(network, loss);
  }

  /**
   * Returns the backend of the model.
   *
   * @return the backend
   */
  Backend backend();

  /**
   * Returns the data type of the weights and the loss.
   *
   * @return a floating type
   */
  DataType dataType();

  /**
   * Returns the trainable parameters.
   *
   * @return at least one, always the same in the same order, with unique names
   */
  List<Parameter> parameters();

  /** Updates what depends on the weights; called after every change of the weights. */
  void refresh();

  /**
   * Returns the length of an example, used to batch examples of similar length.
   *
   * @param example the example
   * @return the number of steps, at least 0
   */
  int steps(E example);

  /**
   * Checks an example and returns the weight of its targets in the loss. Training and evaluation
   * check every example before they begin, so that an invalid example is found before the weights
   * change.
   *
   * @param example the example
   * @param name the name of the example in messages, for instance {@code "example 12"}
   * @return at least 0; 0 if it has no target that counts; 1 by default
   * @throws InvalidArgumentException if the example does not fit the model, regardless of its
   *     batch; the default accepts every example
   */
  default double answerWeight(E example, String name) {
    return 1;
  }

  /**
   * Writes the content of an example that training depends on. A checkpoint stores a digest of it,
   * and training with other examples does not resume from it.
   *
   * @param example the example
   * @param content the destination, which receives the same bytes for the same content in every
   *     process
   * @throws IOException if {@code content} throws it
   */
  default void writeContent(E example, DataOutput content) throws IOException {
    content.writeInt(steps(example));
  }

  /**
   * Opens workspaces, which are reused from batch to batch.
   *
   * @param mode TRAINING for dropout and gradients, INFERENCE for evaluation
   * @param seed the seed of the dropout masks
   * @return the run, to be closed by the caller
   */
  TrainableRun<E> open(Mode mode, long seed);

  /**
   * Opens workspaces for truncated backpropagation through time.
   *
   * @param chunk the steps per chunk, at least 1
   * @param seed the seed of the dropout masks
   * @return the run, to be closed by the caller
   * @throws InvalidArgumentException if the model does not support it, which is the default
   */
  default ChunkedRun<E> openChunked(int chunk, long seed) {
    throw new InvalidArgumentException(
        "truncated backpropagation",
        "a model that does not support it",
        "a unidirectional model with an output at every step",
        "Remove truncatedBackpropagation");
  }

  /**
   * Returns a description of the model without its weights. Training does not resume from a
   * checkpoint with a different description.
   *
   * @return the same text for the same model in every process; by default the names and shapes of
   *     the weights
   */
  default String description() {
    return parameters().stream()
        .map(parameter -> parameter.name() + parameter.value().shape())
        .collect(Collectors.joining(" "));
  }
}
