package org.recur4j.api.tensor;

/**
 * The tensors that one scope holds; a leak report is a list of these.
 *
 * @param name the path of the scope
 * @param tensors the number of live tensors that it and its children own
 * @param bytes the size of their storage
 */
public record ScopeReport(String name, int tensors, long bytes) {
  @Override
  public String toString() {
    return "scope '" + name + "' holds " + tensors + " tensor(s), " + bytes + " bytes";
  }
}
