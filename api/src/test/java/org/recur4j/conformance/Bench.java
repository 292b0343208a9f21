package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Tensors for one check. Each is a window in the middle of a larger one whose edges hold a
 * sentinel; {@link #close} looks whether somebody wrote over an edge or into an input.
 */
final class Bench implements AutoCloseable {
  private static final int FENCE = 5;
  static final int SENTINEL = -7777;

  private final Backend backend;
  private final Scope scope;
  private final List<Fenced> fences = new ArrayList<>();

  /** A window, what surrounds it, and what it must still hold at the end (null: anything). */
  private record Fenced(String name, Tensor whole, Tensor window, double[] constant) {}

  Bench(Backend backend, String name) {
    this.backend = backend;
    this.scope = backend.scope(name);
  }

  Scope scope() {
    return scope;
  }

  Backend backend() {
    return backend;
  }

  /** Filled, and must not change. */
  Tensor input(String name, DataType type, double[] values, int... shape) {
    return fenced(name, type, values, held(type, values), shape);
  }

  /** What a tensor of that type holds of the values. */
  private static double[] held(DataType type, double[] values) {
    return type == DataType.FLOAT32
        ? Arrays.stream(values).map(value -> (float) value).toArray()
        : values;
  }

  /** Filled, and may change. */
  Tensor changing(String name, DataType type, double[] values, int... shape) {
    return fenced(name, type, values, null, shape);
  }

  /** Holds NaN (−1 for integers) until somebody writes. */
  Tensor output(String name, DataType type, int... shape) {
    double[] values = new double[Shape.of(shape).size()];
    Arrays.fill(values, type.isFloating() ? Double.NaN : -1);
    return fenced(name, type, values, null, shape);
  }

  Tensor integers(String name, int... values) {
    return input(
        name, DataType.INT32, Arrays.stream(values).asDoubleStream().toArray(), values.length);
  }

  private Tensor fenced(
      String name, DataType type, double[] values, double[] constant, int... shape) {
    Shape inner = Shape.of(shape);
    Tensor whole = scope.create(type, Shape.of(inner.size() + 2 * FENCE));
    double[] all = new double[whole.size()];
    Arrays.fill(all, SENTINEL);
    System.arraycopy(values, 0, all, FENCE, inner.size());
    write(all, whole);
    Tensor window = whole.view(FENCE, inner);
    fences.add(new Fenced(name, whole, window, constant));
    return window;
  }

  void write(double[] values, Tensor target) {
    if (target.dataType().isFloating()) {
      backend.upload(values, 0, target);
    } else {
      backend.upload(Arrays.stream(values).mapToInt(v -> (int) v).toArray(), 0, target);
    }
  }

  /** Writes an input once more; from now on it must hold this. */
  void rewrite(double[] values, Tensor input) {
    write(values, input);
    for (int i = 0; i < fences.size(); i++) {
      Fenced old = fences.get(i);
      if (old.window() == input) {
        double[] constant = held(input.dataType(), values);
        fences.set(i, new Fenced(old.name(), old.whole(), old.window(), constant));
      }
    }
  }

  double[] read(Tensor source) {
    double[] values = new double[source.size()];
    if (source.dataType().isFloating()) {
      backend.download(source, values, 0);
      return values;
    }
    int[] integers = new int[source.size()];
    backend.download(source, integers, 0);
    return Arrays.stream(integers).asDoubleStream().toArray();
  }

  /** What a window holds now, with the name it was made with. */
  Contents contents(Tensor window) {
    for (Fenced fenced : fences) {
      if (fenced.window() == window) {
        return new Contents(fenced.name(), read(window), window.shape().toArray());
      }
    }
    throw new AssertionError("the kit asks for a tensor that is not of this bench: " + window);
  }

  /** From now on, all that was made so far must keep what it holds: later calls only read it. */
  void settle() {
    for (int i = 0; i < fences.size(); i++) {
      Fenced old = fences.get(i);
      if (old.constant() == null) {
        fences.set(i, new Fenced(old.name(), old.whole(), old.window(), read(old.window())));
      }
    }
  }

  /** Runs a part of a check; whatever it finds, a write outside a window explains it best. */
  void watch(Runnable part) {
    try {
      part.run();
    } catch (AssertionError wrong) {
      try {
        inspect();
      } catch (AssertionError outside) {
        throw new AssertionError(outside.getMessage() + ". Also: " + wrong.getMessage(), wrong);
      }
      throw wrong;
    }
    inspect();
  }

  /** Fences and inputs are as they were. */
  void inspect() {
    for (Fenced fenced : fences) {
      double[] all = read(fenced.whole());
      for (int i = 0; i < FENCE; i++) {
        checkEdge(fenced, "before", all[i]);
        checkEdge(fenced, "after", all[all.length - 1 - i]);
      }
      if (fenced.constant() != null) {
        double[] now = Arrays.copyOfRange(all, FENCE, all.length - FENCE);
        Comparison.checkSame(
            "input",
            new Contents(fenced.name(), now, fenced.window().shape().toArray()),
            fenced.constant(),
            "An operand was written that is only to be read");
      }
    }
  }

  private static void checkEdge(Fenced fenced, String side, double value) {
    if (value != SENTINEL) {
      throw new AssertionError(
          fenced.name()
              + " "
              + fenced.window().shape()
              + ": the sentinel "
              + side
              + " it became "
              + value
              + ". A kernel wrote outside its window: check offset() and the extents");
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
