package org.recur4j.api.recurrent;

/**
 * The workspace of one run of a plan: scratch and, in training, what backward needs. Many passes
 * may share a plan; a pass belongs to one thread at a time and dies with the scope it was opened
 * in.
 */
public interface Pass {
  /**
   * The plan that opened it.
   *
   * @return the only plan that runs it
   */
  RecurrentPlan plan();

  /**
   * The largest batch it holds.
   *
   * @return T and B
   */
  Extent max();

  /**
   * What it keeps.
   *
   * @return the mode
   */
  Mode mode();

  /**
   * Its memory.
   *
   * @return bytes of workspace
   */
  long workspaceBytes();
}
