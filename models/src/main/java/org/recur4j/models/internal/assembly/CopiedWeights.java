package org.recur4j.models.internal.assembly;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;

/** Copies the weights of one model to another of the same architecture. */
public final class CopiedWeights {
  private CopiedWeights() {}

  /**
   * Copies weights through the heap, in double precision; the data types may differ.
   *
   * @param from the backend of the weights
   * @param weights the weights to copy
   * @param to the backend of the copies
   * @param copies the weights to overwrite, with the same names and shapes in the same order
   * @throws InvalidArgumentException if names or shapes differ; nothing is copied then
   */
  public static void copy(
      Backend from, List<Parameter> weights, Backend to, List<Parameter> copies) {
    List<String> wanted = weights.stream().map(CopiedWeights::describe).toList();
    List<String> found = copies.stream().map(CopiedWeights::describe).toList();
    if (!wanted.equals(found)) {
      throw new InvalidArgumentException(
          "copy of weights", found.toString(), wanted.toString(), "Copy between equal models");
    }
    for (int i = 0; i < weights.size(); i++) {
      double[] values = new double[weights.get(i).value().size()];
      from.download(weights.get(i).value(), values, 0);
      to.upload(values, 0, copies.get(i).value());
    }
  }

  private static String describe(Parameter parameter) {
    return parameter.name() + parameter.value().shape();
  }
}
