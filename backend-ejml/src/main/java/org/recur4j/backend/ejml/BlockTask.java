package org.recur4j.backend.ejml;

/**
 * Work cut into numbered blocks; any thread may run any block, and no two blocks write the same
 * place.
 */
@FunctionalInterface
interface BlockTask {
  void run(int block);
}
