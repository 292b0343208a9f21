package org.recur4j.examples.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.comparison.Sweep;

/** Reads {@code hidden=32,128 batch=1,32}. */
final class SweepOption {
  private static final Pattern FORM = Pattern.compile("([a-z]+)=([0-9]{1,6}(?:,[0-9]{1,6})*)");
  private static final int MOST = 2;

  private SweepOption() {}

  static List<Sweep.Axis> axes(List<String> words) {
    List<Sweep.Axis> axes = new ArrayList<>();
    for (String word : words) {
      Matcher matcher = FORM.matcher(word);
      if (!matcher.matches()) {
        throw refuse("'" + word + "'");
      }
      List<Integer> values = new ArrayList<>();
      for (String value : matcher.group(2).split(",", -1)) {
        values.add(Integer.parseInt(value));
      }
      axes.add(new Sweep.Axis(matcher.group(1), values));
    }
    boolean twice = axes.stream().map(Sweep.Axis::size).distinct().count() < axes.size();
    if (axes.size() > MOST || twice) {
      throw refuse(String.join(" ", words));
    }
    return axes;
  }

  private static InvalidArgumentException refuse(String got) {
    return new InvalidArgumentException(
        "compare, --sweep",
        got,
        "one or two different sizes with whole numbers, such as hidden=32,128 batch=1,32",
        "Correct the option");
  }
}
