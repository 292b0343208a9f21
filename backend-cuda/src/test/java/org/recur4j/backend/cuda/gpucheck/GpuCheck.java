package org.recur4j.backend.cuda.gpucheck;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.backend.Candidate;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.Verdict;

/** The Java half of gpu-check.sh. Lines of the result have tabs between their fields. */
public final class GpuCheck {
  private GpuCheck() {}

  /**
   * Runs one of {@code natives}, {@code probe backend}, {@code layers backend shapes.tsv pattern}
   * and {@code ceilings backend}. A backend may have settings behind it, as in {@code
   * cuda:products=cublas}. Ends with 4 if it is not available so.
   *
   * @param arguments as above
   * @throws Exception if something fails that no row can tell
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("natives")) {
      natives();
      return;
    }
    Target target = Target.parse(arguments[1]);
    if (!available(target.name()) || !opens(target)) {
      System.exit(4);
    }
    switch (arguments[0]) {
      case "probe" -> probe(target);
      case "layers" -> layers(target, Path.of(arguments[2]), arguments[3]);
      case "ceilings" -> {
        try (Backend backend = target.open()) {
          Ceilings.measure(backend, target.label());
        }
      }
      default ->
          throw new IllegalArgumentException(
              "'" + arguments[0] + "' is none of probe, layers, ceilings");
    }
  }

  /** JCuda's natives start here even where there is no driver: the PTX compiler among them. */
  private static void natives() {
    int[] major = new int[1];
    int[] minor = new int[1];
    int code = JNvPTXCompiler.nvPTXCompilerGetVersion(major, minor);
    if (code != 0) {
      throw new IllegalStateException("JCuda's PTX compiler answers " + code);
    }
    System.out.println("JCuda's natives load; PTX compiler " + major[0] + "." + minor[0]);
  }

  private static boolean available(String name) {
    for (Candidate candidate : Backends.report().candidates()) {
      if (candidate.name().equals(name)) {
        if (candidate.availability() instanceof Availability.Unavailable missing) {
          System.out.println(
              "backend " + name + ": not available: " + missing.reason() + ". " + missing.remedy());
          return false;
        }
        return true;
      }
    }
    System.out.println(
        "backend " + name + ": not on the class path, which has\n" + Backends.report());
    return false;
  }

  /** With settings a backend may lack what it has without. */
  private static boolean opens(Target target) {
    String obstacle = target.options().settings().isEmpty() ? null : target.obstacle();
    if (obstacle != null) {
      System.out.println("not measured: " + obstacle);
    }
    return obstacle == null;
  }

  private static void probe(Target target) {
    try (Backend backend = target.open()) {
      BackendInfo info = backend.info();
      System.out.println("backend " + info.name() + " " + info.version());
      System.out.println("device " + info.device());
      System.out.println("engine " + info.engine());
    }
  }

  private static void layers(Target target, Path file, String pattern) throws Exception {
    List<LayerShape> shapes = LayerShape.read(file, pattern);
    for (LayerShape shape : shapes) {
      for (Precision precision : List.of(Precision.FULL, Precision.TF32)) {
        // A backend for each shape, so that memory of large ones is given back.
        try (Backend backend = target.open()) {
          Verdict verdict = backend.recurrence().assess(shape.spec(0, precision));
          if (precision != Precision.FULL && !verdict.fused()) {
            row(target, shape, "forward", precision, "not offered: " + verdict.reason());
            continue;
          }
          time(target, backend, shape, precision, Mode.INFERENCE);
          if (shape.trained()) {
            time(target, backend, shape, precision, Mode.TRAINING);
          }
        }
      }
    }
  }

  private static void time(
      Target target, Backend backend, LayerShape shape, Precision precision, Mode mode) {
    String pass = mode == Mode.TRAINING ? "train" : "forward";
    try (LayerStack stack = new LayerStack(backend, shape, precision, mode)) {
      Runnable work = mode == Mode.TRAINING ? stack::forwardAndBackward : stack::forward;
      Timing timing = Timing.of(work, backend::synchronize, shape.waited());
      stack.checkOutput();
      double operations = shape.forwardOperations() * (mode == Mode.TRAINING ? 3 : 1);
      System.out.printf(
          Locale.ROOT,
          "%s\t%s\t%s\t%s\t%.5f\t%.5f\t%.2f\t%d x %d\t%s%n",
          target.kind(),
          shape.name(),
          pass,
          word(precision),
          timing.median(),
          timing.least(),
          operations / timing.median() / 1e9,
          timing.samples(),
          timing.calls(),
          stack.engine());
    } catch (RuntimeException | OutOfMemoryError e) {
      // One shape too large for this device or this heap must not cost the rows of the others.
      row(target, shape, pass, precision, "failed: " + e);
    }
  }

  private static void row(
      Target target, LayerShape shape, String pass, Precision precision, String why) {
    System.out.println(
        String.join(
            "\t",
            target.kind(),
            shape.name(),
            pass,
            word(precision),
            "-",
            "-",
            "-",
            "-",
            why.replaceAll("\\s+", " ")));
  }

  private static String word(Precision precision) {
    return precision == Precision.FULL ? "fp32" : precision.name().toLowerCase(Locale.ROOT);
  }
}
