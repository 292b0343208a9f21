package org.recur4j.backend.nd4j;

/**
 * Work in phases of numbered parts. Parts of one phase may run in any order and on any threads, as
 * none writes what another reads or writes; a phase begins when the one before has ended.
 */
@FunctionalInterface
interface PhaseTask {
  void run(int phase, int part);
}
