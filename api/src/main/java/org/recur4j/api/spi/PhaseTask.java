package org.recur4j.api.spi;

/**
 * Work in phases of numbered parts. The parts of one phase run in any order and on any threads, as
 * none writes what another one reads or writes; a phase begins when the one before has ended.
 *
 * @see Workers#run(int, int, PhaseTask)
 */
@FunctionalInterface
public interface PhaseTask {
  /**
   * Runs one part of one phase.
   *
   * @param phase which phase, from 0
   * @param part which part, from 0
   */
  void run(int phase, int part);
}
