package org.recur4j.examples.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A page with every block, with awkward values, as it has to be looked at after each change. */
final class Gallery {
  static final String HOSTILE = "</script><script>alert('1')</script> & \"a\" < b";

  private Gallery() {}

  static Page page() {
    Map<String, String> manifest = new LinkedHashMap<>();
    manifest.put("processor", "a processor with quite a long name, 2 cores for Java");
    manifest.put("java", "17");
    manifest.put("flags", "--add-modules jdk.incubator.vector -Xmx512m " + HOSTILE);
    return new Page("Every block", "What a page can show. " + HOSTILE)
        .section("Curves", new Paragraph("Norms fall by powers of ten."), gradients(), losses())
        .section("Bars", bars(), rates())
        .section("Maps", flow(), sweep(), winners())
        .section(
            "Tables", table(), new Folded("The same, folded", table()), new Manifest(manifest));
  }

  /** Seven curves over a logarithmic axis, one with a value of 0. */
  static LineChart gradients() {
    List<Line> lines = new ArrayList<>();
    double[] rates = {0.80, 0.93, 1.0, 1.03, 0.97, 0.88, 0.99};
    String[] names = {"vanilla", "identity", "lstm", "ρ = 1.5", "gru", "clip", "layer-norm"};
    for (int k = 0; k < rates.length; k++) {
      double rate = rates[k];
      double[] y =
          IntStream.range(0, 201)
              .mapToDouble(t -> Math.pow(rate, t) * (1 + 0.2 * Math.sin(t)))
              .toArray();
      y[100] = k == 0 ? 0 : y[100];
      lines.add(new Line(names[k], steps(201), y));
    }
    return new LineChart("Gradient norm, step by step", "steps back", "‖∂L/∂h‖", true, lines);
  }

  static LineChart losses() {
    double[] y = IntStream.range(0, 20).mapToDouble(i -> 0.3 + 0.4 * Math.exp(-i / 5.0)).toArray();
    double[] low = IntStream.range(0, 20).mapToDouble(i -> y[i] - 0.03).toArray();
    double[] high = IntStream.range(0, 20).mapToDouble(i -> y[i] + 0.05).toArray();
    double[] other = y.clone();
    other[7] = Double.NaN;
    return new LineChart(
        "Loss by epoch",
        "epoch",
        "mean loss",
        false,
        List.of(
            new Line("ejml", steps(20), y, low, high),
            new Line(
                "nd4j",
                steps(20),
                IntStream.range(0, 20).mapToDouble(i -> other[i] + 0.02).toArray())));
  }

  static BarChart bars() {
    return new BarChart(
        "Training time of a step",
        "ms",
        List.of(
            new Bar("ejml", 11.2, 10.9, 11.8),
            new Bar("nd4j, OpenBLAS 0.3.19 on two threads, a long name", 15.94, 14.0, 18.3),
            new Bar("cuda", Double.NaN)));
  }

  /** Whose last tick is a long number at the very edge. */
  static BarChart rates() {
    return new BarChart(
        "Answers in batches",
        "sequences/s",
        List.of(new Bar("ejml", 65187, 62630, 72852), new Bar("nd4j", 28954, 26113, 31219)));
  }

  /** Ten thousand cells. */
  static HeatMap flow() {
    double[][] values = new double[50][200];
    for (int r = 0; r < 50; r++) {
      for (int c = 0; c < 200; c++) {
        values[r][c] = Math.pow(10, -c / 20.0 + r / 25.0);
      }
    }
    values[3][7] = Double.NaN;
    return new HeatMap(
        "Gradient norm over training",
        "time step",
        "training step",
        IntStream.range(0, 200).mapToObj(String::valueOf).toArray(String[]::new),
        IntStream.range(0, 50).mapToObj(i -> String.valueOf(20 * i)).toArray(String[]::new),
        values,
        "‖∂L/∂h‖",
        true);
  }

  static HeatMap sweep() {
    return new HeatMap(
        "Speed-up of nd4j",
        "batch",
        "hidden size",
        new String[] {"1", "32", "256"},
        new String[] {"32", "128", "512"},
        new double[][] {{0.5, 0.7, 0.9}, {0.66, 0.95, 1.2}, {0.8, 1.31, Double.NaN}},
        "ejml's time over nd4j's");
  }

  static WinnerMap winners() {
    return new WinnerMap(
        "Who is faster",
        "batch",
        "hidden size",
        new String[] {"1", "32", "256"},
        new String[] {"32", "128", "512"},
        new String[][] {
          {"ejml", "ejml", "no significant difference"},
          {"ejml", "no significant difference", "nd4j"},
          {"ejml", "nd4j", ""}
        },
        new String[][] {{"2.0 ×", "1.4 ×", ""}, {"1.5 ×", "", "1.2 ×"}, {"1.3 ×", "1.3 ×", ""}});
  }

  static TableBlock table() {
    return new TableBlock(
        List.of("backend", "train, ms", "p50, µs", "p99, µs", "throughput", "engine, and why"),
        List.of(
            List.of("ejml", "11.2", "19", "31", "2,850 /s", "fused: jdk.incubator.vector"),
            List.of(
                "nd4j",
                "15.94",
                "33",
                "58",
                "2,007 /s",
                "portable: a reason that takes more words than a phone has room for"),
            List.of("cuda", "–", "–", "–", "–", HOSTILE)));
  }

  private static double[] steps(int count) {
    return IntStream.range(0, count).asDoubleStream().toArray();
  }
}
