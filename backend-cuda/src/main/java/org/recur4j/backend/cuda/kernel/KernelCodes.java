package org.recur4j.backend.cuda.kernel;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Unary;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/** The codes of functions in the C enumerations of the kernels. */
final class KernelCodes {
  private KernelCodes() {}

  /** Appends an activation and its two parameters to the arguments of a launch. */
  static void write(Activation function, LaunchQueue queue) {
    queue.integer(of(function.kind())).number(function.alpha()).number(function.beta());
  }

  /** Returns the code in {@code ActivationKind} of activations.cuh. */
  static int of(Activation.Kind kind) {
    return switch (kind) {
      case TANH -> 0;
      case SIGMOID -> 1;
      case RELU -> 2;
      case IDENTITY -> 3;
      case AFFINE -> 4;
      case LEAKY_RELU -> 5;
      case THRESHOLDED_RELU -> 6;
      case SCALED_TANH -> 7;
      case HARD_SIGMOID -> 8;
      case ELU -> 9;
      case SOFTSIGN -> 10;
      case SOFTPLUS -> 11;
    };
  }

  /** Returns the code in {@code UnaryFunction} of elementwise.cu. */
  static int of(Unary function) {
    return switch (function) {
      case NEGATE -> 0;
      case ABSOLUTE -> 1;
      case SIGN -> 2;
      case EXPONENTIAL -> 3;
      case LOGARITHM -> 4;
      case SQUARE_ROOT -> 5;
      case SQUARE -> 6;
      case RECIPROCAL -> 7;
    };
  }

  /** Returns the code in {@code BinaryFunction} of elementwise.cu. */
  static int of(Binary function) {
    return switch (function) {
      case ADD -> 0;
      case SUBTRACT -> 1;
      case MULTIPLY -> 2;
      case DIVIDE -> 3;
      case MAXIMUM -> 4;
      case MINIMUM -> 5;
      case GREATER_OR_EQUAL -> 6;
    };
  }

  /** Returns the code in {@code Reduction} of folds.cu. */
  static int of(Reduction reduction) {
    return switch (reduction) {
      case SUM -> 0;
      case MEAN -> 1;
      case MAXIMUM -> 2;
    };
  }
}
