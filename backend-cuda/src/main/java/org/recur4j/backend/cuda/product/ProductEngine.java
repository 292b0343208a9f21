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
 * The library that multiplies matrices, as the setting {@code products} names it. The backend does
 * not choose it by measuring: the engines differ in their last bits, and the same options mean the
 * same bits.
 */
public enum ProductEngine {
  /** The backend's own kernels: the default, because cuBLAS has not been measured to be faster. */
  OWN,

  /** NVIDIA's cuBLAS. */
  CUBLAS;

  private static final String NAME = "products";

  /** The settings of this backend. */
  public static SortedMap<String, List<String>> settings() {
    List<String> values = List.of(OWN.value(), CUBLAS.value());
    return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(NAME, values)));
  }

  /** What the options ask for, whose settings are known ones. */
  public static ProductEngine of(BackendOptions options) {
    String value = options.settings().get(NAME);
    return value == null ? OWN : valueOf(value.toUpperCase(Locale.ROOT));
  }

  /** Describes the routines that compute on a device with the backend's own products. */
  public static String describeOwn(DeviceFacts facts) {
    return "own kernels ("
        + facts.target()
        + "), for products too: cuBLAS was not asked for ("
        + CUBLAS.setting()
        + "), and nobody has measured it faster here";
  }

  /** Describes the routines that compute on a device with products by cuBLAS. */
  static String describeCublas(DeviceFacts facts, String version) {
    return "own kernels ("
        + facts.target()
        + "), cuBLAS "
        + version
        + " for products over all steps and those of single kernels, as asked for ("
        + CUBLAS.setting()
        + ")";
  }

  private String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As it is written on a command line. */
  public String setting() {
    return NAME + "=" + value();
  }
}
