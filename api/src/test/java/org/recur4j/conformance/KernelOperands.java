package org.recur4j.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.kernel.CellSteps.GruGates;
import org.recur4j.api.kernel.CellSteps.LstmGates;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Operands made for one call of a kernel, from a seed; the call can be repeated from the start. */
final class KernelOperands {
  private static final DataType TYPE = DataType.FLOAT32;

  /** How large most operands are. */
  record Size(int rows, int columns) {
    /** More than one thread takes. */
    static final Size LARGE = new Size(700, 90);

    /** Short enough to be called often. */
    static final Size MEDIUM = new Size(40, 90);

    /** As small as can be told apart. */
    static final Size SMALL = new Size(3, 4);
  }

  private final Bench bench;
  private final Size size;
  private final long seed;
  private final Map<Tensor, double[]> written = new LinkedHashMap<>();

  KernelOperands(Bench bench, Size size, long seed) {
    this.bench = bench;
    this.size = size;
    this.seed = seed;
  }

  private double[] numbers(String name, int... shape) {
    int count = KernelChecks.size(shape);
    return new Numbers(31 * seed + name.hashCode()).uniform(count, 1);
  }

  Tensor in(String name, int... shape) {
    return bench.input(name, TYPE, numbers(name, shape), shape);
  }

  Tensor matrix(String name) {
    return in(name, size.rows(), size.columns());
  }

  Tensor one(String name, double value) {
    return bench.input(name, TYPE, new double[] {value}, 1);
  }

  /** Overwritten, or changed in place. */
  Tensor out(String name, int... shape) {
    double[] start = numbers(name, shape);
    Tensor tensor = bench.changing(name, TYPE, start, shape);
    written.put(tensor, start);
    return tensor;
  }

  Tensor matrixOut(String name) {
    return out(name, size.rows(), size.columns());
  }

  Tensor squares(String name) {
    double[] start = numbers(name, size.rows(), size.columns());
    double[] squares = Numbers.fill(start.length, i -> start[i] * start[i]);
    Tensor tensor = bench.changing(name, TYPE, squares, size.rows(), size.columns());
    written.put(tensor, squares);
    return tensor;
  }

  Tensor indicesOut(String name, int count) {
    Tensor tensor = bench.changing(name, DataType.INT32, new double[count], count);
    written.put(tensor, new double[count]);
    return tensor;
  }

  Tensor integers(String name, int count, int bound) {
    Numbers numbers = new Numbers(31 * seed + bound);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = numbers.below(bound);
    }
    return bench.integers(name, values);
  }

  LstmGates lstm(String name, boolean writes) {
    return new LstmGates(
        gate(name + " i", writes),
        gate(name + " f", writes),
        gate(name + " g", writes),
        gate(name + " o", writes));
  }

  GruGates gru(String name, boolean writes) {
    return new GruGates(
        gate(name + " r", writes), gate(name + " z", writes), gate(name + " n", writes));
  }

  Tensor gate(String name, boolean writes) {
    return writes ? matrixOut(name) : matrix(name);
  }

  int rows() {
    return size.rows();
  }

  int columns() {
    return size.columns();
  }

  /** All that is written holds again what it held before the first call. */
  void restart() {
    written.forEach((tensor, start) -> bench.write(start, tensor));
  }

  List<Contents> results() {
    return written.keySet().stream().map(bench::contents).toList();
  }
}
