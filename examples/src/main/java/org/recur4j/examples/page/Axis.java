package org.recur4j.examples.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where values lie on a chart, and the round ones among them. */
final class Axis {
  private static final double[] ROUND = {1, 2, 5, 10};

  /** A logarithmic axis of fewer decades names values between the powers of ten. */
  private static final double FEW_DECADES = 1.5;

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private final boolean logarithmic;
  private final double least;
  private final double most;
  private final double from;
  private final double to;
  private final List<Double> ticks = new ArrayList<>();

  private Axis(boolean logarithmic, double least, double most, double from, double to) {
    this.logarithmic = logarithmic;
    this.least = least;
    this.most = most;
    this.from = from;
    this.to = to;
  }

  /** An axis that holds all values between and ends at its outermost round ones if it may widen. */
  static Axis linear(
      double least, double most, double from, double to, int wanted, boolean mayWiden) {
    double low = least;
    double high = most;
    if (low == high) {
      double room = low == 0 ? 1 : Math.abs(low) / 2;
      low -= room;
      high += room;
    }
    double step = step((high - low) / wanted);
    long first = (long) (mayWiden ? Math.floor(low / step) : Math.ceil(low / step - 1e-9));
    long last = (long) (mayWiden ? Math.ceil(high / step) : Math.floor(high / step + 1e-9));
    Axis axis =
        mayWiden
            ? new Axis(false, (double) first * step, (double) last * step, from, to)
            : new Axis(false, low, high, from, to);
    for (long i = first; i <= last; i++) {
      // What i·step rounds to beside its few digits would be written out.
      axis.ticks.add(Double.parseDouble(String.format(Locale.ROOT, "%.10g", (double) i * step)));
    }
    return axis;
  }

  /** An axis of powers; both ends are above 0. */
  static Axis logarithmic(double least, double most, double from, double to, int wanted) {
    double low = Math.log10(least);
    double high = Math.log10(most);
    if (high - low < 0.1) {
      low -= 0.15;
      high += 0.15;
    }
    boolean few = high - low < FEW_DECADES;
    if (!few) {
      low = Math.floor(low + 1e-9);
      high = Math.ceil(high - 1e-9);
    }
    Axis axis = new Axis(true, low, high, from, to);
    long stride = (long) Math.max(1, step((high - low) / wanted));
    for (long power = (long) Math.floor(low); power <= high; power++) {
      for (double digit : few ? new double[] {1, 2, 5} : new double[] {1}) {
        double exponent = (double) power + Math.log10(digit);
        boolean inside = exponent >= low - 1e-9 && exponent <= high + 1e-9;
        if (inside && Math.floorMod(power, stride) == 0) {
          axis.ticks.add(digit * Math.pow(10, (double) power));
        }
      }
    }
    return axis;
  }

  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double round : ROUND) {
      if (round * power >= rough * (1 - 1e-9)) {
        return round * power;
      }
    }
    return ROUND[ROUND.length - 1] * power;
  }

  double at(double value) {
    double place = logarithmic ? Math.log10(value) : value;
    return from + (place - least) / (most - least) * (to - from);
  }

  /** Whether the value can be drawn at all. */
  boolean holds(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /** The nearest place on the axis: where the edge of a band leaves it. */
  double clamped(double value) {
    if (logarithmic && value <= 0) {
      return from;
    }
    double place = at(value);
    return Math.max(Math.min(from, to), Math.min(Math.max(from, to), place));
  }

  List<Double> ticks() {
    return ticks;
  }

  String label(double tick) {
    double power = Math.log10(Math.abs(tick));
    if (logarithmic
        && tick > 0
        && Math.abs(power) > 3
        && Math.abs(power - Math.rint(power)) < 1e-9) {
      StringBuilder text = new StringBuilder("10").append(power < 0 ? "⁻" : "");
      String.valueOf(Math.abs(Math.round(power)))
          .chars()
          .forEach(c -> text.append(SUPERSCRIPTS.charAt(c - '0')));
      return text.toString();
    }
    return figure(tick).replace('-', '−');
  }

  /** A figure for reading keeps three digits; that of a tick keeps what tells its place. */
  private static String figure(double tick) {
    String text = Markup.figure(tick);
    double said = Double.parseDouble(text.replace(",", ""));
    if (Math.abs(said - tick) <= 1e-9 * Math.abs(tick)) {
      return text;
    }
    BigDecimal exact = BigDecimal.valueOf(tick).stripTrailingZeros();
    if (Math.abs(tick) >= 1e6 || Math.abs(tick) < 1e-3) {
      String format = "%." + (exact.precision() - 1) + "e";
      return String.format(Locale.ROOT, format, exact).replace("e+0", "e").replace("e-0", "e-");
    }
    return String.format(Locale.ROOT, "%,." + Math.max(0, exact.scale()) + "f", exact);
  }
}
