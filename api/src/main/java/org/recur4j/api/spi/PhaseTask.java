package org.recur4j.api.spi;

/**
 * A task of numbered parts in consecutive phases. The parts of a phase run in any order and on any
 * threads, because none writes what another reads or writes; a phase begins when the previous one
 * has ended.
 *
 * @see Workers#run(int, int, PhaseTask)
 */
@FunctionalInterface
public interface PhaseTask {
  /**
   * Runs one part of one phase.
   *
   * @param phase the number of the phase, from 0
   * @param part the number of the part, from 0
   */
  void run(int phase, int part);
}
