package org.recur4j.backend.cuda.gpucheck;

import java.util.Locale;
import java.util.SplittableRandom;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** What the backend's own products and copies reach, beside the device's ceilings. */
final class Ceilings {
  /** Rows, columns, inner extent: square ones, a step of a recurrent layer, a weight gradient. */
  private static final int[][] PRODUCTS = {
    {512, 512, 512},
    {2048, 2048, 2048},
    {8192, 8192, 8192},
    {16, 3072, 768},
    {64, 4096, 1024},
    {256, 8192, 2048},
    {16384, 3072, 768},
    {3072, 768, 16384}
  };

  private static final int FLOATS = 16 << 20;

  private Ceilings() {}

  static void measure(Backend backend, String label) {
    for (int[] extents : PRODUCTS) {
      product(backend, label, extents[0], extents[1], extents[2]);
    }
    copies(backend, label);
  }

  private static void product(Backend backend, String label, int rows, int columns, int inner) {
    try (Scope scope = backend.scope("gpu-check product")) {
      Tensor a = random(backend, scope, rows, inner);
      Tensor b = random(backend, scope, columns, inner);
      Tensor c = scope.create(DataType.FLOAT32, Shape.of(rows, columns));
      Timing timing =
          Timing.of(
              () -> backend.kernels().gemm(false, true, 1, a, b, 0, c),
              backend::synchronize,
              false);
      row(
          label + " product " + rows + "x" + columns + "x" + inner,
          timing,
          2.0 * rows * columns * inner / 1e9,
          "TFLOP/s");
    }
  }

  private static void copies(Backend backend, String label) {
    try (Scope scope = backend.scope("gpu-check copies")) {
      Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(FLOATS));
      float[] values = new float[FLOATS];
      double gigabytes = 4.0 * FLOATS / 1e6;
      row(
          label + " upload of 64 MiB from a Java array",
          Timing.of(() -> backend.upload(values, 0, tensor), backend::synchronize, false),
          gigabytes,
          "GB/s");
      row(
          label + " download of 64 MiB to a Java array",
          Timing.of(() -> backend.download(tensor, values, 0), backend::synchronize, false),
          gigabytes,
          "GB/s");
      Tensor one = scope.create(DataType.FLOAT32, Shape.of(1));
      float[] single = new float[1];
      backend.upload(single, 0, one);
      Timing timing = Timing.of(() -> backend.download(one, single, 0), backend::synchronize, true);
      System.out.printf(
          Locale.ROOT,
          "ceiling\t%s download of one float\t%.4f ms\twaited for%n",
          label,
          timing.median());
    }
  }

  private static Tensor random(Backend backend, Scope scope, int rows, int columns) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(rows, columns));
    float[] values = new float[tensor.size()];
    SplittableRandom random = new SplittableRandom(rows + columns);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private static void row(String what, Timing timing, double amount, String unit) {
    System.out.printf(
        Locale.ROOT,
        "ceiling\t%s\t%.4f ms\t%.2f %s%n",
        what,
        timing.median(),
        amount / timing.median(),
        unit);
  }
}
