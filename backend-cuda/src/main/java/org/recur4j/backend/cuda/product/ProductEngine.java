package org.recur4j.backend.cuda.product;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.backend.cuda.driver.DeviceFacts;

/**
 * The engine of matrix products, selected by the setting {@code products}. The backend does not
 * choose it by measuring, because the engines differ in the last bits, and equal options must yield
 * equal bits.
 */
public enum ProductEngine {
  /**
   * The backend's own kernels, which are the default because cuBLAS has not been measured to be
   * faster.
   */
  OWN,

  /** NVIDIA's cuBLAS. */
  CUBLAS;

  private static final String NAME = "products";

  /** Returns the settings of this backend. */
  public static SortedMap<String, List<String>> settings() {
    List<String> values = List.of(OWN.value(), CUBLAS.value());
    return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(NAME, values)));
  }

  /** Returns the engine selected by validated options. */
  public static ProductEngine of(BackendOptions options) {
    String value = options.settings().get(NAME);
    return value == null ? OWN : valueOf(value.toUpperCase(Locale.ROOT));
  }

  /** Returns a description of a device's engine with the backend's own products. */
  public static String describeOwn(DeviceFacts facts) {
    return "own kernels ("
        + facts.target()
        + "), also for products: cuBLAS was not requested ("
        + CUBLAS.setting()
        + ") and has not been measured to be faster";
  }

  /** Returns a description of a device's engine with products by cuBLAS. */
  static String describeCublas(DeviceFacts facts, String version) {
    return "own kernels ("
        + facts.target()
        + "), cuBLAS "
        + version
        + " for products over all steps and those of single kernels, as requested ("
        + CUBLAS.setting()
        + ")";
  }

  private String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the setting as written on a command line. */
  public String setting() {
    return NAME + "=" + value();
  }
}
