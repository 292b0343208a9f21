package org.recur4j.models.safetensors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file.
 *
 * @param metadata text by key, in the file's order; empty if the file has none
 * @param entries tensors in the order of their bytes, which cover the data section without gaps or
 *     overlaps
 */
public record SafeTensorsHeader(Map<String, String> metadata, List<TensorEntry> entries) {
  /** The maximum length of a header in bytes according to the format. */
  public static final int MAXIMUM_BYTES = 100_000_000;

  static final String METADATA_KEY = "__metadata__";
  static final int LENGTH_BYTES = 8;

  /** Creates a header with copies of both. */
  public SafeTensorsHeader {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    entries = List.copyOf(entries);
  }

  /**
   * Returns the length of the data section.
   *
   * @return bytes
   */
  public long dataBytes() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
  }
}
