package org.recur4j.api.spi;

/**
 * A task of numbered blocks: a {@link PhaseTask} of one phase. No block writes what another block
 * reads or writes.
 *
 * @see Workers#run(int, BlockTask)
 */
@FunctionalInterface
public interface BlockTask extends PhaseTask {
  /**
   * Runs one block.
   *
   * @param block the number of the block, from 0
   */
  void run(int block);

  @Override
  default void run(int phase, int part) {
    run(part);
  }
}
