package org.recur4j.examples.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param environment where
 * @param results one a workload, backend and number of threads
 */
public record BenchReport(Environment environment, List<Result> results) {
  /** Copies the list. */
  public BenchReport {
    results = List.copyOf(results);
  }

  /**
   * For machines.
   *
   * @return one object a result, each with the environment
   */
  public List<Map<String, Object>> rows() {
    return results.stream().map(this::row).toList();
  }

  private Map<String, Object> row(Result result) {
    Map<String, Object> row = new LinkedHashMap<>(result.row());
    row.put("environment", environment);
    return row;
  }
}
