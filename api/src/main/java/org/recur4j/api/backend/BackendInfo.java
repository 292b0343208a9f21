package org.recur4j.api.backend;

import java.util.Set;
import org.recur4j.api.tensor.DataType;

/**
 * A description of an open backend.
 *
 * @param name the provider's name
 * @param version the version of the backend
 * @param device a description of the device, such as {@code "CPU, 2 threads"}
 * @param engine a description of the routines, such as {@code "plain Java, EJML 0.44
 *     decompositions"}
 * @param threads the largest number of threads that work on one call, the caller included; 1 for a
 *     backend without threads of its own, whatever {@link BackendOptions#threads} asks for
 * @param dataTypes the floating types that tensors may have: FLOAT32, and FLOAT64 if the backend
 *     supports it. INT32, which every backend supports, is not listed
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
