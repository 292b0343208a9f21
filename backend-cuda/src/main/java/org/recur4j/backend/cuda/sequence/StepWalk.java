package org.recur4j.backend.cuda.sequence;

import org.recur4j.api.spi.FusedCell;

/** The common arguments of the steps of one direction, reused by every call. */
final class StepWalk {
  final FusedCell cell;
  final DirectionWork work;

  /** H. */
  final int size;

  /** W_hh. */
  long weights;

  /** b_hn of a GRU with reset after the product, or 0. */
  long bias;

  /** INT32 lengths on the device, or 0 if all rows are full. */
  long lengths;

  /** T. */
  int steps;

  /** B. */
  int batch;

  StepWalk(FusedCell cell, DirectionWork work, int size) {
    this.cell = cell;
    this.work = work;
    this.size = size;
  }
}
