package org.recur4j.conformance;

import java.util.Arrays;
import java.util.function.Function;
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
      uploaded(bench, target, rounded(DataType.FLOAT32, tenths(n)));
    }
  }

  private void uploadDoubles(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor target = bench.output("target", type, n);
      double[] array = around(tenths(n));
      bumps("upload of double[]", target, () -> backend.upload(array, BEFORE, target));
      Arrays.fill(array, 77);
      uploaded(bench, target, rounded(type, tenths(n)));
    }
  }

  private void uploadIntegers(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor target = bench.output("target", type, n);
      int[] array = integers(around(whole(n)));
      bumps("upload of int[]", target, () -> backend.upload(array, BEFORE, target));
      Arrays.fill(array, 77);
      uploaded(bench, target, whole(n));
    }
  }

  private void downloadFloats(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor source = bench.input("source", type, tenths(n), n);
      downloaded(bench, source, this::intoFloats, rounded(DataType.FLOAT32, tenths(n)));
    }
  }

  private void downloadDoubles(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor source = bench.input("source", type, tenths(n), n);
      downloaded(bench, source, this::intoDoubles, rounded(type, tenths(n)));
    }
  }

  private void downloadIntegers(Bench bench, DataType type) {
    for (int n : SIZES) {
      Tensor source = bench.input("source", type, whole(n), n);
      downloaded(bench, source, this::intoIntegers, whole(n));
    }
  }

  private double[] intoFloats(Tensor source) {
    float[] array = new float[BEFORE + source.size() + AFTER];
    Arrays.fill(array, OUTSIDE);
    backend.download(source, array, BEFORE);
    return Numbers.fill(array.length, i -> array[i]);
  }

  private double[] intoDoubles(Tensor source) {
    double[] array = new double[BEFORE + source.size() + AFTER];
    Arrays.fill(array, OUTSIDE);
    backend.download(source, array, BEFORE);
    return array;
  }

  private double[] intoIntegers(Tensor source) {
    int[] array = new int[BEFORE + source.size() + AFTER];
    Arrays.fill(array, OUTSIDE);
    backend.download(source, array, BEFORE);
    return Numbers.fill(array.length, i -> array[i]);
  }

  /** What was uploaded is seen through a download, so that either may be what is wrong. */
  private void uploaded(Bench bench, Tensor target, double... want) {
    Function<Tensor, double[]> download =
        target.dataType().isFloating() ? this::intoDoubles : this::intoIntegers;
    Comparison.check(
        want.length + " elements",
        bench.read(target),
        want,
        0,
        difference -> blame(bench, target.dataType(), download, difference),
        want.length);
  }

  private void downloaded(
      Bench bench, Tensor source, Function<Tensor, double[]> download, double... want) {
    String what = "the array, whose elements outside [" + BEFORE + ", " + (BEFORE + want.length);
    Comparison.check(
        what + ") must stay,",
        download.apply(source),
        around(want),
        0,
        difference -> blame(bench, source.dataType(), download, difference),
        BEFORE + want.length + AFTER);
  }

  /** Tells a number that was changed on its way from one that was taken from another place. */
  private String blame(
      Bench bench,
      DataType type,
      Function<Tensor, double[]> download,
      Advice.Difference difference) {
    int first = 0;
    while (!difference.elements()[first]) {
      first++;
    }
    double got = difference.got()[first];
    double want = difference.want()[first];
    if (Arrays.stream(difference.want()).anyMatch(value -> value == got)) {
      return "An element was taken from another place, or not at all, by the upload or by the"
          + " download, through which the kit sees it: the cases of the other transfers tell which";
    }
    Tensor filled = bench.output("filled", type, 1);
    kernels.fill(want, filled);
    double back = download.apply(filled)[BEFORE];
    return "A number was changed on its way. The kernel fill sets an element to "
        + want
        + " and the download reads it back as "
        + back
        + (back == want ? ", so look at the upload first" : ", so look at the download first");
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
