package org.recur4j.models.internal.session;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.assembly.LayerStack;
import org.recur4j.models.session.SessionState;

/**
 * The state of a network, whose rows can be read, written and reset.
 *
 * @param stack layers that the state belongs to
 * @param rows B, number of rows
 * @param parts every part of every layer's state, each {@code [1, B, H]}
 */
record StateRows(LayerStack stack, int rows, List<Tensor> parts) {
  SessionState snapshot(int from, int count) {
    double[][] numbers = new double[parts.size()][];
    for (int i = 0; i < numbers.length; i++) {
      Tensor window = window(parts.get(i), from, count);
      numbers[i] = new double[window.size()];
      stack.backend().download(window, numbers[i], 0);
    }
    return new SessionState(stack.fingerprint(), stack.architecture().dataType(), count, numbers);
  }

  /** Validates that a state belongs to this stack and has the given number of rows. */
  void check(SessionState from, int count) {
    if (!from.fingerprint().equals(stack.fingerprint())) {
      throw SessionRules.refuse(
          "a " + from,
          "one of model " + stack.fingerprint().substring(0, 8),
          "Load the model file that the state belongs to; retrained weights are another model");
    }
    DataType type = stack.architecture().dataType();
    if (from.dataType() != type) {
      throw SessionRules.refuse(
          "a state of " + from.dataType() + " numbers",
          type + ", the type of the model",
          "Read the state as it was written, or discard it");
    }
    if (from.rows() != count) {
      throw SessionRules.refuse(
          "a " + from,
          count + " row(s)",
          "Use a snapshot with the same number of rows, or restore one row");
    }
    List<Integer> expected = parts.stream().map(part -> part.size() / rows * count).toList();
    List<Integer> sizes = Arrays.stream(from.parts()).map(part -> part.length).toList();
    if (!sizes.equals(expected)) {
      throw SessionRules.refuse(
          "parts of sizes " + sizes,
          "" + expected,
          "Read the state as it was written, or discard it");
    }
    for (int i = 0; i < expected.size(); i++) {
      for (double number : from.parts()[i]) {
        if (!Double.isFinite(number)) {
          throw SessionRules.refuse(
              number + " in part " + i + " of a " + from,
              "finite numbers, because all later predictions would be NaN",
              "Reset the session, and find the step in which the state overflowed");
        }
      }
    }
  }

  void restore(int row, int count, SessionState from) {
    for (int i = 0; i < parts.size(); i++) {
      stack.backend().upload(from.parts()[i], 0, window(parts.get(i), row, count));
    }
  }

  /** Resets rows to the initial state; the scope is used for temporary tensors. */
  void reset(int row, int count, Scope scope) {
    Backend backend = stack.backend();
    List<Tensor> from = stack.initialState(count, scope).parts();
    for (int i = 0; i < parts.size(); i++) {
      Tensor to = window(parts.get(i), row, count);
      backend.kernels().copy(from.get(i).reshape(to.shape()), to);
    }
  }

  /** Returns rows of a part as a flat view. */
  Tensor window(Tensor part, int row, int count) {
    int size = part.size() / rows;
    return part.view(row * size, Shape.of(count * size));
  }
}
