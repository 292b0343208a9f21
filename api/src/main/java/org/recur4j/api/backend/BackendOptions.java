package org.recur4j.api.backend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.ScopeReport;

/**
 * The options that a backend is opened with. Immutable.
 *
 * @param threads the number of threads that may work on one call, the caller included; 0 means one
 *     for each processor, see {@link #resolvedThreads}. The number affects speed, never a result
 * @param device the index of the device, from 0, for backends with several; others ignore it
 * @param settings settings of a single backend, by name, such as {@code products=cublas} of the
 *     backend cuda; a backend rejects settings that it does not know
 * @param onLeak a listener that receives a report of the scopes that are still open when the
 *     backend closes
 */
public record BackendOptions(
    int threads,
    int device,
    SortedMap<String, String> settings,
    Consumer<List<ScopeReport>> onLeak) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /** Checks the numbers and the names of the settings, and copies the settings. */
  public BackendOptions {
    if (threads < 0 || device < 0) {
      throw new InvalidArgumentException(
          "BackendOptions",
          "threads " + threads + ", device " + device,
          "numbers of at least 0",
          "Use threads 0 for one per processor");
    }
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    settings.forEach(BackendOptions::checkForm);
  }

  private static void checkForm(String name, String value) {
    if (!NAME.matcher(name).matches() || value == null || value.isBlank()) {
      throw new InvalidArgumentException(
          "BackendOptions",
          "setting '" + name + "' with value '" + value + "'",
          "a name of lower-case letters, digits and dashes, and a value that is not blank",
          "Write it as in the backend's documentation, such as products=cublas");
    }
  }

  /**
   * Returns the defaults: one thread per processor, device 0, no settings, and leaks logged as
   * warnings.
   *
   * @return the default options
   */
  public static BackendOptions defaults() {
    return new BackendOptions(0, 0, Collections.emptySortedMap(), BackendOptions::warn);
  }

  /**
   * Returns a copy of these options with another number of threads.
   *
   * @param value the number of threads, at least 1, or 0 for one per processor
   * @return the changed options
   */
  public BackendOptions withThreads(int value) {
    return new BackendOptions(value, device, settings, onLeak);
  }

  /**
   * Returns a copy of these options with another device.
   *
   * @param value the index of the device, at least 0
   * @return the changed options
   */
  public BackendOptions withDevice(int value) {
    return new BackendOptions(threads, value, settings, onLeak);
  }

  /**
   * Returns a copy of these options with a setting added or replaced.
   *
   * @param name the setting's name: lower-case letters, digits and dashes
   * @param value one of the setting's values
   * @return the changed options; a backend checks when it opens whether it knows the setting
   */
  public BackendOptions withSetting(String name, String value) {
    SortedMap<String, String> changed = new TreeMap<>(settings);
    changed.put(name, value);
    return new BackendOptions(threads, device, changed, onLeak);
  }

  /**
   * Returns a copy of these options with another leak listener.
   *
   * @param value a listener that receives the scopes still open when a backend closes
   * @return the changed options
   */
  public BackendOptions withOnLeak(Consumer<List<ScopeReport>> value) {
    return new BackendOptions(threads, device, settings, value);
  }

  /**
   * Rejects settings that a backend does not know, so that a misspelled one is never ignored.
   * {@link BackendProvider#open} calls this method first.
   *
   * @param backend the backend's name
   * @param known the allowed values of each setting; empty if the backend has no settings
   * @throws InvalidArgumentException if a name or a value is not allowed; the message lists those
   *     that are
   */
  public void requireSettings(String backend, SortedMap<String, List<String>> known) {
    settings.forEach(
        (name, value) -> {
          if (!known.getOrDefault(name, List.of()).contains(value)) {
            throw new InvalidArgumentException(
                "open backend '" + backend + "'",
                "setting " + name + "=" + value,
                known.isEmpty()
                    ? "no settings, because this backend has none"
                    : "one of " + listed(known),
                "Leave the setting out, or choose a backend that has it");
          }
        });
  }

  private static String listed(SortedMap<String, List<String>> known) {
    List<String> settings =
        known.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + String.join("|", setting.getValue()))
            .toList();
    return String.join(", ", settings);
  }

  /**
   * Returns the number of threads, with 0 replaced by the number of processors.
   *
   * @return at least 1
   */
  public int resolvedThreads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  private static void warn(List<ScopeReport> leaks) {
    System.getLogger("org.recur4j")
        .log(System.Logger.Level.WARNING, () -> "backend closed with open scopes: " + text(leaks));
  }

  /**
   * Formats the reports, naming each scope once, because a leak in a loop leaves many scopes of one
   * name.
   */
  static String text(List<ScopeReport> leaks) {
    Map<String, List<ScopeReport>> byName =
        leaks.stream()
            .collect(
                Collectors.groupingBy(ScopeReport::name, LinkedHashMap::new, Collectors.toList()));
    List<String> parts = new ArrayList<>();
    byName.forEach(
        (name, scopes) -> {
          int tensors = scopes.stream().mapToInt(ScopeReport::tensors).sum();
          long bytes = scopes.stream().mapToLong(ScopeReport::bytes).sum();
          String sum = new ScopeReport(name, tensors, bytes).toString();
          parts.add(scopes.size() == 1 ? sum : sum + " (" + scopes.size() + " scopes)");
        });
    return String.join(", ", parts);
  }
}
