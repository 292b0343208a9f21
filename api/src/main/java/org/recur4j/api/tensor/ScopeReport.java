package org.recur4j.api.tensor;

/**
 * What one scope holds; a leak report is a list of these.
 *
 * @param name the scope's path
 * @param tensors how many live tensors it and its children own
 * @param bytes their storage
 */
public record ScopeReport(String name, int tensors, long bytes) {
  @Override
  public String toString() {
    return "scope '" + name + "' holds " + tensors + " tensor(s), " + bytes + " bytes";
  }
}
