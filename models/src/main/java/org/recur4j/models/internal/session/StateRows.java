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
 * What a network remembers, row by row: read, written and forgotten as values.
 *
 * @param stack whose memory it is
 * @param rows B
 * @param parts every part of every layer, {@code [1, B, H]} each
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

  /** Refuses what is not a state of that many rows of this stack. */
  void check(SessionState from, int count) {
    if (!from.fingerprint().equals(stack.fingerprint())) {
      throw SessionRules.refuse(
          "a " + from,
          "one of model " + stack.fingerprint().substring(0, 8),
          "Open the model file that the state was taken with; retrained weights are another model");
    }
    DataType type = stack.architecture().dataType();
    if (from.dataType() != type) {
      throw SessionRules.refuse(
          "a state of " + from.dataType() + " numbers",
          type + " as the model's",
          "Read the state as it was written, or drop it");
    }
    if (from.rows() != count) {
      throw SessionRules.refuse(
          "a " + from, count + " row(s)", "Take the snapshot of as many rows, or restore one row");
    }
    List<Integer> expected = parts.stream().map(part -> part.size() / rows * count).toList();
    List<Integer> sizes = Arrays.stream(from.parts()).map(part -> part.length).toList();
    if (!sizes.equals(expected)) {
      throw SessionRules.refuse(
          "parts of sizes " + sizes, "" + expected, "Read the state as it was written, or drop it");
    }
    for (int i = 0; i < expected.size(); i++) {
      for (double number : from.parts()[i]) {
        if (!Double.isFinite(number)) {
          throw SessionRules.refuse(
              number + " in part " + i + " of a " + from,
              "finite numbers, because every answer after it would be NaN",
              "Reset the session, and look for the step that made the state overflow");
        }
      }
    }
  }

  void restore(int row, int count, SessionState from) {
    for (int i = 0; i < parts.size(); i++) {
      stack.backend().upload(from.parts()[i], 0, window(parts.get(i), row, count));
    }
  }

  /** Lets rows begin anew; the scope is for what that takes on the way. */
  void reset(int row, int count, Scope scope) {
    Backend backend = stack.backend();
    List<Tensor> from = stack.initialState(count, scope).parts();
    for (int i = 0; i < parts.size(); i++) {
      Tensor to = window(parts.get(i), row, count);
      backend.kernels().copy(from.get(i).reshape(to.shape()), to);
    }
  }

  /** Rows of a part as one flat window. */
  Tensor window(Tensor part, int row, int count) {
    int size = part.size() / rows;
    return part.view(row * size, Shape.of(count * size));
  }
}
