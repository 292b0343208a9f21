package org.recur4j.examples.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.recur4j.examples.bench.Result;

/**
 * One line of {@code recur4j bench --json}, as the page needs it.
 *
 * @param setting what differs between tables: Java, and whether the vector module was there
 * @param workload its name
 * @param backend its name, with what distinguishes it from another column
 * @param threads worker threads
 * @param median milliseconds
 * @param floor milliseconds; NaN without one
 * @param bound what the floor comes from
 * @param machine where
 * @param load average number of running processes when the run began
 * @param peak GFLOP/s a core
 * @param command that measured it; empty if not recorded
 */
record PerformanceRow(
    String setting,
    String workload,
    String backend,
    int threads,
    double median,
    double floor,
    String bound,
    String machine,
    double load,
    double peak,
    String command) {
  private static final Pattern JAVA = Pattern.compile(" (\\d+)[.+]");

  /** Reads a line; whatever is wrong with it is a {@link JsonParseException}. */
  static PerformanceRow of(String line) {
    try {
      JsonObject row = JsonParser.parseString(line).getAsJsonObject();
      JsonObject environment = row.getAsJsonObject("environment");
      boolean floored = !row.get("floor").isJsonNull();
      return new PerformanceRow(
          setting(environment),
          row.get("workload").getAsString(),
          backend(row, environment),
          row.get("threads").getAsInt(),
          row.get("median_ms").getAsDouble(),
          floored ? row.get("floor_ms").getAsDouble() : Double.NaN,
          floored ? row.get("floor").getAsString() : "",
          machine(environment),
          environment.get("load").getAsDouble(),
          environment.get("peak").getAsDouble(),
          row.has("command") ? row.get("command").getAsString() : "");
    } catch (IllegalStateException
        | NumberFormatException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new JsonParseException("not a line of 'recur4j bench --json'", e);
    }
  }

  /** Its name, what is left out of it, and the precision unless that is full. */
  private static String backend(JsonObject row, JsonObject environment) {
    String name = row.get("peer").getAsString().replaceFirst("^recur4j-", "");
    String engine =
        environment
            .getAsJsonObject("backends")
            .get(name + "/" + row.get("threads").getAsInt())
            .getAsString();
    String precision = row.get("precision").getAsString();
    return name
        + (engine.contains("plain Java") ? " without vectors" : "")
        + (precision.equals("full") ? "" : " " + precision);
  }

  private static String setting(JsonObject environment) {
    String java = environment.get("java").getAsString();
    Matcher version = JAVA.matcher(java);
    String major = version.find() ? version.group(1) : java;
    boolean vectors =
        environment.get("probe").getAsString().contains("through jdk.incubator.vector");
    return "JDK " + major + (vectors ? "" : " without the vector module");
  }

  private static String machine(JsonObject environment) {
    return String.format(
        Locale.ROOT,
        "%s, %d cores; %s; %s",
        environment.get("processor").getAsString(),
        environment.get("cores").getAsInt(),
        environment.get("java").getAsString(),
        environment.get("time").getAsString().substring(0, 10));
  }

  /** Of rows with the same key the last one counts. */
  String key() {
    return setting + " " + workload + " " + column();
  }

  /** E.g. {@code ejml, 2 threads}. */
  String column() {
    return backend + ", " + threads + (threads == 1 ? " thread" : " threads");
  }

  /** Median and ratio, and how much faster than one thread where that is known. */
  String cell(PerformanceRow oneThread) {
    StringBuilder cell = new StringBuilder(Result.figure(median));
    if (!bound.isEmpty()) {
      cell.append(String.format(Locale.ROOT, " (%.2f×)", median / floor));
    }
    if (threads > 1 && oneThread != null) {
      cell.append(String.format(Locale.ROOT, ", %.2f times as fast", oneThread.median / median));
    }
    return cell.toString();
  }
}
