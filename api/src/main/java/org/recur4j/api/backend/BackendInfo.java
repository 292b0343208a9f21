package org.recur4j.api.backend;

import java.util.Set;
import org.recur4j.api.tensor.DataType;

/**
 * What an open backend is.
 *
 * @param name the provider's name
 * @param version of the backend
 * @param device what computes, for a person: {@code "CPU, 2 threads"}
 * @param engine which routines, for a person: {@code "plain Java, EJML 0.44 decompositions"}
 * @param threads worker threads including the caller
 * @param dataTypes floating types that tensors may have
 */
public record BackendInfo(
    String name,
    String version,
    String device,
    String engine,
    int threads,
    Set<DataType> dataTypes) {
  /** Copies the set. */
  public BackendInfo {
    dataTypes = Set.copyOf(dataTypes);
  }
}
