package org.recur4j.backend.cuda;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.recur4j.api.backend.BackendOptions;

/**
 * Who multiplies matrices, as the setting {@code products} says. An option and nothing that is
 * measured when the backend opens: the engines differ in their last bits, and the same options mean
 * the same bits.
 */
enum ProductEngine {
  /** Our kernels: the default, because nobody has measured cuBLAS faster here. */
  OWN,

  /** NVIDIA's cuBLAS. */
  CUBLAS;

  private static final String NAME = "products";

  /** The settings of this backend. */
  static SortedMap<String, List<String>> settings() {
    List<String> values = List.of(OWN.value(), CUBLAS.value());
    return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(NAME, values)));
  }

  /** What the options ask for, whose settings are known ones. */
  static ProductEngine of(BackendOptions options) {
    String value = options.settings().get(NAME);
    return value == null ? OWN : valueOf(value.toUpperCase(Locale.ROOT));
  }

  private String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As it is written on a command line. */
  String setting() {
    return NAME + "=" + value();
  }
}
