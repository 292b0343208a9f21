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
 * What a {@link Trainer} trains: weights, and a loss of examples. {@code Trainer.of(network)} makes
 * one of a network; a model of another kind brings its own.
 *
 * @param <E> an example with its answer
 */
public interface Trainable<E> {
  /**
   * A network with the loss of its answers.
   *
   * @param network what is trained
   * @param loss of the network's kind of answer
   * @return the two together
   * @throws InvalidArgumentException if the loss measures another kind of answer
   */
  static Trainable<Example> of(Network network, Loss loss) {
    return new TrainableNetwork(network, loss);
  }

  /**
   * Where it lives.
   *
   * @return the backend
   */
  Backend backend();

  /**
   * The type of weights and losses.
   *
   * @return a floating type
   */
  DataType dataType();

  /**
   * What training moves.
   *
   * @return at least one, always the same and in the same order, under unique names
   */
  List<Parameter> parameters();

  /** Told after the weights moved. */
  void refresh();

  /**
   * The length of an example, by which batches of similar length are made.
   *
   * @param example one example
   * @return at least 0
   */
  int steps(E example);

  /**
   * Checks an example, and returns how much its answers weigh in the loss. Training and evaluation
   * ask for every example before they begin, so that nothing that could have been found then is
   * found after the weights have moved.
   *
   * @param example one example
   * @param name what messages call it, for instance {@code "example 12"}
   * @return at least 0; 0 if it has no answer that counts
   * @throws InvalidArgumentException if the example does not fit the model, whatever batch it would
   *     be part of; every example fits unless this method says more
   */
  default double answerWeight(E example, String name) {
    return 1;
  }

  /**
   * Writes the content of an example that training depends on. A checkpoint keeps a digest of it
   * and is refused when training is to be resumed with other examples.
   *
   * @param example one example
   * @param content where to write: the same bytes for the same content in every process
   * @throws IOException if {@code content} throws it
   */
  default void writeContent(E example, DataOutput content) throws IOException {
    content.writeInt(steps(example));
  }

  /**
   * Opens workspaces that are kept from batch to batch.
   *
   * @param mode TRAINING for dropout and gradients, INFERENCE for evaluation
   * @param seed of dropout masks
   * @return a run; the caller closes it
   */
  TrainableRun<E> open(Mode mode, long seed);

  /**
   * Opens workspaces for truncated backpropagation through time.
   *
   * @param chunk steps, at least 1
   * @param seed of dropout masks
   * @return a run; the caller closes it
   * @throws InvalidArgumentException if sequences of this model cannot be cut, which is so unless
   *     this method says otherwise
   */
  default ChunkedRun<E> openChunked(int chunk, long seed) {
    throw new InvalidArgumentException(
        "truncated backpropagation",
        "a model whose sequences cannot be cut",
        "one that gives an answer at every step and reads forwards only",
        "Leave truncatedBackpropagation out");
  }

  /**
   * What it is, without the numbers: a checkpoint of another model is refused.
   *
   * @return the same text for the same model in every process; names and shapes of the weights
   *     unless this method says more
   */
  default String description() {
    return parameters().stream()
        .map(parameter -> parameter.name() + parameter.value().shape())
        .collect(Collectors.joining(" "));
  }
}
