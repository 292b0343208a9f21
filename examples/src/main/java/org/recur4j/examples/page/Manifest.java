package org.recur4j.examples.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the figures come from: processor, versions, flags, seeds.
 *
 * @param entries in the order in which they are shown
 */
public record Manifest(Map<String, String> entries) implements Block {
  /** Copies the entries in their order. */
  public Manifest {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }
}
