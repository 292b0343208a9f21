package org.recur4j.api.decorate;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** The checks of the operands of kernels; each throws an exception if it fails. */
final class Operand {
  private Operand() {}

  static void floating(String kernel, Tensor... tensors) {
    DataType type = tensors[0].dataType();
    for (Tensor tensor : tensors) {
      if (tensor != null && (!tensor.dataType().isFloating() || tensor.dataType() != type)) {
        throw new ShapeException(
            kernel,
            "an operand " + describe(tensor),
            type.isFloating() ? type + ", as the first operand" : "a floating type",
            "Give all operands one floating type");
      }
    }
  }

  static void integer(String kernel, Tensor tensor) {
    if (tensor.dataType() != DataType.INT32) {
      throw new ShapeException(kernel, describe(tensor), "INT32", "Create it as INT32");
    }
  }

  static void sameType(String kernel, Tensor x, Tensor y) {
    if (x.dataType() != y.dataType()) {
      throw new ShapeException(
          kernel,
          "an operand " + describe(x) + " for a destination " + describe(y),
          "operands of one type",
          "Convert by download and upload");
    }
  }

  /** Checks that all tensors have the shape of the first. */
  static void sameShape(String kernel, Tensor... tensors) {
    Shape shape = tensors[0].shape();
    for (Tensor tensor : tensors) {
      if (tensor != null && !tensor.shape().equals(shape)) {
        throw new ShapeException(
            kernel,
            "operands " + shape + " and " + tensor.shape(),
            "operands of one shape",
            "Reshape or slice one of them");
      }
    }
  }

  static void broadcasts(String kernel, Tensor x, Tensor y) {
    boolean fits = x.shape().rank() <= y.shape().rank();
    for (int i = 1; fits && i <= x.shape().rank(); i++) {
      fits = x.extent(-i) == y.extent(-i) || x.extent(-i) == 1;
    }
    if (!fits) {
      throw new ShapeException(
          kernel,
          "an operand " + x.shape() + " for a destination " + y.shape(),
          "extents that are equal or 1, aligned at the last axis",
          "Reshape the operand");
    }
  }

  static void rank(String kernel, Tensor tensor, int rank) {
    if (tensor.shape().rank() != rank) {
      throw new ShapeException(
          kernel, "an operand " + tensor.shape(), "rank " + rank, "Reshape the operand");
    }
  }

  static void atLeastRank(String kernel, Tensor tensor, int rank) {
    if (tensor.shape().rank() < rank) {
      throw new ShapeException(
          kernel,
          "an operand " + tensor.shape(),
          "rank " + rank + " or more",
          "Reshape the operand");
    }
  }

  static void equal(String kernel, String what, long got, long expected) {
    if (got != expected) {
      throw new ShapeException(
          kernel, what + " " + got, Long.toString(expected), "Check the operands' shapes");
    }
  }

  static void within(String kernel, String what, long got, long least, long most) {
    if (got < least || got > most) {
      throw new InvalidArgumentException(
          kernel,
          what + " " + got,
          "a number in [" + least + ", " + most + "]",
          "Correct the value");
    }
  }

  static void range(String operation, int length, int offset, Tensor tensor) {
    if (offset < 0 || (long) offset + tensor.size() > length) {
      throw new InvalidArgumentException(
          operation,
          "an array of " + length + " from offset " + offset,
          tensor.size() + " elements for " + tensor.shape(),
          "Check array and offset");
    }
  }

  /** Checks that the windows are equal or disjoint. */
  static void noPartialOverlap(String kernel, Tensor destination, Tensor... operands) {
    for (Tensor operand : operands) {
      if (operand != null
          && overlap(destination, operand)
          && (destination.offset() != operand.offset() || destination.size() != operand.size())) {
        throw overlapping(kernel, destination, operand, "the same window or a disjoint one");
      }
    }
  }

  static void noOverlap(String kernel, Tensor destination, Tensor... operands) {
    for (Tensor operand : operands) {
      if (operand != null && overlap(destination, operand)) {
        throw overlapping(kernel, destination, operand, "disjoint windows");
      }
    }
  }

  private static boolean overlap(Tensor a, Tensor b) {
    return a.sharesStorageWith(b)
        && a.offset() < b.offset() + b.size()
        && b.offset() < a.offset() + a.size();
  }

  private static InvalidArgumentException overlapping(
      String kernel, Tensor destination, Tensor operand, String expected) {
    return new InvalidArgumentException(
        kernel,
        "a destination " + window(destination) + " over an operand " + window(operand),
        expected,
        "Write to another tensor");
  }

  private static String window(Tensor tensor) {
    return "[" + tensor.offset() + ", " + (tensor.offset() + tensor.size()) + ")";
  }

  private static String describe(Tensor tensor) {
    return tensor.dataType() + " " + tensor.shape();
  }
}
