package org.recur4j.models.safetensors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model file says about itself.
 *
 * @param metadata free text by key, in the file's order; empty where the file has none
 * @param entries the tensors in the order of their bytes; together they cover the data section
 *     without holes or overlaps
 */
public record SafeTensorsHeader(Map<String, String> metadata, List<TensorEntry> entries) {
  /** The longest header in bytes that the format allows. */
  public static final int MAXIMUM_BYTES = 100_000_000;

  static final String METADATA_KEY = "__metadata__";
  static final int LENGTH_BYTES = 8;

  /** Copies both. */
  public SafeTensorsHeader {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    entries = List.copyOf(entries);
  }

  /**
   * The length of the data section.
   *
   * @return bytes
   */
  public long dataBytes() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
  }
}
