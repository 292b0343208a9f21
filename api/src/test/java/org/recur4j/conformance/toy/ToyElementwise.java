package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.add;
import static org.recur4j.conformance.toy.Block.broadcast;
import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.scaled;
import static org.recur4j.conformance.toy.Block.set;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.CellSteps;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.Tensor;

/** One loop over the destination each. */
interface ToyElementwise extends CellSteps {
  @Override
  default void fill(double value, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, value);
    }
    y.markWritten();
  }

  @Override
  default void copy(Tensor x, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, get(x, broadcast(i, y.shape(), x.shape())));
    }
    y.markWritten();
  }

  @Override
  default void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, alpha * get(x, i) + scaled(beta, y, i));
    }
  }

  @Override
  default void affine(double alpha, double beta, Tensor x, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, alpha * get(x, i) + beta);
    }
  }

  @Override
  default void unary(Unary function, Tensor x, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, apply(function, get(x, i)));
    }
  }

  @Override
  default void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      double left = get(a, broadcast(i, y.shape(), a.shape()));
      double right = get(b, broadcast(i, y.shape(), b.shape()));
      set(y, i, apply(function, left, right));
    }
  }

  @Override
  default void addProduct(Tensor a, Tensor b, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      add(y, i, get(a, i) * get(b, i));
    }
  }

  @Override
  default void activation(Activation function, Tensor x, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, function.apply(get(x, i)));
    }
  }

  @Override
  default void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    for (int i = 0; i < dx.size(); i++) {
      set(dx, i, get(dy, i) * function.derivativeFromOutput(get(y, i)));
    }
  }

  private static double apply(Unary function, double x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABSOLUTE -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case EXPONENTIAL -> Math.exp(x);
      case LOGARITHM -> Math.log(x);
      case SQUARE_ROOT -> Math.sqrt(x);
      case SQUARE -> x * x;
      case RECIPROCAL -> 1 / x;
    };
  }

  private static double apply(Binary function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
    };
  }
}
