package org.recur4j.examples.page;

import java.util.Locale;

/** Markup under construction: what comes from outside goes in as text only. */
final class Markup {
  private final StringBuilder markup = new StringBuilder();

  /** Markup of our own. */
  Markup raw(String own) {
    markup.append(own);
    return this;
  }

  /** Text from anywhere, between tags or inside a quoted attribute. */
  Markup text(String foreign) {
    markup.append(escaped(foreign));
    return this;
  }

  /** A coordinate: tenths of a pixel are enough. */
  Markup number(double value) {
    long tenths = Math.round(value * 10);
    markup.append(tenths / 10);
    if (tenths % 10 != 0) {
      if (tenths < 0 && tenths > -10) {
        markup.insert(markup.length() - 1, '-');
      }
      markup.append('.').append(Math.abs(tenths % 10));
    }
    return this;
  }

  static String escaped(String foreign) {
    StringBuilder text = new StringBuilder(foreign.length() + 16);
    for (int i = 0; i < foreign.length(); i++) {
      char c = foreign.charAt(i);
      switch (c) {
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '&' -> text.append("&amp;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        default -> text.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
      }
    }
    return text.toString();
  }

  /** "1 cell", "2 cells". */
  static String count(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** Three or four digits that matter, as a person writes them. */
  static String figure(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    if (value == 0) {
      return "0";
    }
    if (size >= 1e6 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.2e", value).replace("e+0", "e").replace("e-0", "e-");
    }
    int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)) - 1);
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    return text.contains(".") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
  }

  @Override
  public String toString() {
    return markup.toString();
  }
}
