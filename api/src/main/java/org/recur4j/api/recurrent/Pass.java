package org.recur4j.api.recurrent;

/**
 * The workspace of one run of a plan: scratch memory and, depending on the mode, what backward
 * needs. A pass is used by one thread at a time; many passes of one plan may run at the same time.
 * The memory is allocated when the pass is opened, and is freed with the scope that it was opened
 * in.
 */
public interface Pass {
  /**
   * Returns the plan that opened the pass, the only one that runs it.
   *
   * @return the plan
   */
  RecurrentPlan plan();

  /**
   * Returns the largest extent that the pass can run.
   *
   * @return the largest T and B
   */
  Extent max();

  /**
   * Returns the mode, which determines what the pass keeps.
   *
   * @return the mode
   */
  Mode mode();

  /**
   * Returns the memory that the pass owns: scratch and, in training, what backward needs, whether
   * it comes from the scope or from elsewhere.
   *
   * @return bytes, positive, for the largest batch that the pass holds
   */
  long workspaceBytes();
}
