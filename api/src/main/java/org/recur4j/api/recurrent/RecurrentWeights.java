package org.recur4j.api.recurrent;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The weights of a recurrent plan.
 *
 * @param directions one entry for each direction, forward first
 */
public record RecurrentWeights(List<DirectionWeights> directions) {
  /** Copies the list. */
  public RecurrentWeights {
    directions = List.copyOf(directions);
  }

  /**
   * Returns a number that changes when any of the tensors is written.
   *
   * @return the sum of the tensors' versions
   */
  public long version() {
    long sum = 0;
    for (int d = 0; d < directions.size(); d++) {
      sum += directions.get(d).version();
    }
    return sum;
  }

  /**
   * Checks that these tensors fit a specification. Every {@code plan} calls it first.
   *
   * @param spec the specification
   * @throws ShapeException naming the first tensor whose shape or type is wrong
   * @throws InvalidArgumentException if a direction or a bias is missing or superfluous
   */
  public void checkAgainst(RecurrentSpec spec) {
    if (directions.size() != spec.directions()) {
      throw new InvalidArgumentException(
          "plan",
          directions.size() + " direction(s) of weights",
          spec.directions() + " for " + spec.direction(),
          "Give one DirectionWeights for each direction");
    }
    int rows = spec.gates() * spec.hiddenSize();
    for (DirectionWeights weights : directions) {
      check("weight_ih", weights.weightIh(), Shape.of(rows, spec.inputSize()), spec);
      check("weight_hh", weights.weightHh(), Shape.of(rows, spec.hiddenSize()), spec);
      checkBias("bias_ih", weights.biasIh(), spec.biases() != Biases.NONE, rows, spec);
      checkBias("bias_hh", weights.biasHh(), spec.biases() == Biases.DOUBLE, rows, spec);
    }
  }

  private static void checkBias(
      String name, Tensor bias, boolean wanted, int rows, RecurrentSpec spec) {
    if ((bias != null) != wanted) {
      throw new InvalidArgumentException(
          "plan",
          (bias == null ? "no " : "a ") + name,
          (wanted ? "one" : "none") + " with biases " + spec.biases(),
          "Make weights and specification agree");
    }
    if (bias != null) {
      check(name, bias, Shape.of(rows), spec);
    }
  }

  private static void check(String name, Tensor tensor, Shape shape, RecurrentSpec spec) {
    if (!tensor.shape().equals(shape) || tensor.dataType() != spec.dataType()) {
      throw new ShapeException(
          "plan",
          name + " " + tensor.dataType() + " " + tensor.shape(),
          spec.dataType()
              + " "
              + shape
              + " for "
              + spec.cell()
              + " "
              + spec.inputSize()
              + "→"
              + spec.hiddenSize(),
          "Weights are stored as PyTorch stores them: [G·H, I] and [G·H, H]");
    }
  }
}
