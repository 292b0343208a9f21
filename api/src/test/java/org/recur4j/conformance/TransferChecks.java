package org.recur4j.conformance;

import java.util.Arrays;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/**
 * Copies between the middle of a Java array and a window in the middle of a tensor. Both offsets
 * differ from 0 and from each other, and both surroundings must stay as they were.
 */
final class TransferChecks extends KernelChecks {
  private static final int[] SIZES = {1, 5, 67, 4099};
  private static final int BEFORE = 3;
  private static final int AFTER = 2;
  private static final int OUTSIDE = -3333;

  TransferChecks(Backend backend) {
    super(backend);
    add("upload float[] from an offset", this::uploadFloats);
    add("upload double[] from an offset", this::uploadDoubles);
    addIntegers("upload int[] from an offset", this::uploadIntegers);
    add("download into float[] at an offset", this::downloadFloats);
    add("download into double[] at an offset", this::downloadDoubles);
    addIntegers("download into int[] at an offset", this::downloadIntegers);
    add("transfers with an array that is too short", this::tooShort);
  }

  /** The values between what is outside. */
  private static double[] around(double... values) {
    double[] array = new double[BEFORE + values.length + AFTER];
    Arrays.fill(array, OUTSIDE);
    System.arraycopy(values, 0, array, BEFORE, values.length);
    return array;
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static int[] integers(double... values) {
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  /** Tenths, which no binary type holds exactly: a double must be rounded once, not twice. */
  private static double[] tenths(int n) {
    return Numbers.fill(n, i -> (i % 201 - 100) / 10.0);
  }

  private static double[] rounded(DataType type, double... values) {
    return type == DataType.FLOAT32 ? Numbers.fill(values.length, i -> (float) values[i]) : values;
  }

  private static double[] whole(int n) {
    return Numbers.fill(n, i -> i - 5 + (i % 2 == 0 ? 0 : 1 << 25));
  }

  private void uploadFloats(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor target = bench.output("target", type, n);
      float[] array = floats(around(tenths(n)));
      bumps("upload of float[]", target, () -> backend.upload(array, BEFORE, target));
      // What was read when upload returned is all that counts.
      Arrays.fill(array, 77);
      exact(bench, n + " elements", target, rounded(DataType.FLOAT32, tenths(n)));
    }
  }

  private void uploadDoubles(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor target = bench.output("target", type, n);
      double[] array = around(tenths(n));
      bumps("upload of double[]", target, () -> backend.upload(array, BEFORE, target));
      Arrays.fill(array, 77);
      exact(bench, n + " elements", target, rounded(type, tenths(n)));
    }
  }

  private void uploadIntegers(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor target = bench.output("target", type, n);
      int[] array = integers(around(whole(n)));
      bumps("upload of int[]", target, () -> backend.upload(array, BEFORE, target));
      Arrays.fill(array, 77);
      exact(bench, n + " elements", target, whole(n));
    }
  }

  private void downloadFloats(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor source = bench.input("source", type, tenths(n), n);
      float[] array = new float[BEFORE + n + AFTER];
      Arrays.fill(array, OUTSIDE);
      backend.download(source, array, BEFORE);
      compare(Numbers.fill(array.length, i -> array[i]), rounded(DataType.FLOAT32, tenths(n)));
    }
  }

  private void downloadDoubles(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor source = bench.input("source", type, tenths(n), n);
      double[] array = new double[BEFORE + n + AFTER];
      Arrays.fill(array, OUTSIDE);
      backend.download(source, array, BEFORE);
      compare(array, rounded(type, tenths(n)));
    }
  }

  private void downloadIntegers(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor source = bench.input("source", type, whole(n), n);
      int[] array = new int[BEFORE + n + AFTER];
      Arrays.fill(array, OUTSIDE);
      backend.download(source, array, BEFORE);
      compare(Arrays.stream(array).asDoubleStream().toArray(), whole(n));
    }
  }

  private static void compare(double[] got, double... want) {
    String what = "the array, whose elements outside [" + BEFORE + ", " + (BEFORE + want.length);
    Comparison.check(what + ") must stay,", got, around(want), 0, Advice.MOVED, got.length);
  }

  private void tooShort(Bench bench, DataType type) {
    Tensor tensor = bench.changing("tensor", type, tenths(9), 9);
    refused("upload of float[10] from 2", () -> backend.upload(new float[10], 2, tensor));
    refused("upload of double[10] from 2", () -> backend.upload(new double[10], 2, tensor));
    refused("download into float[10] at 2", () -> backend.download(tensor, new float[10], 2));
    refused("download into double[10] at 2", () -> backend.download(tensor, new double[10], 2));
    Tensor integers = bench.changing("integers", DataType.INT32, whole(9), 9);
    refused("upload of int[10] from 2", () -> backend.upload(new int[10], 2, integers));
    refused("download into int[10] at 2", () -> backend.download(integers, new int[10], 2));
  }

  private static void refused(String what, Runnable transfer) {
    try {
      transfer.run();
    } catch (RuntimeException refusal) {
      return;
    }
    throw new AssertionError(
        what + " of a tensor with 9 elements was accepted: there are only 8 to read or write");
  }
}
