package org.recur4j.backend.ejml.kernel;

import org.recur4j.api.spi.DoubleArithmetic;
import org.recur4j.api.spi.DoubleLosses;
import org.recur4j.api.spi.DoubleOptimizers;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.backend.ejml.array.HeapStorage;
import org.recur4j.backend.ejml.engine.FloatEngine;

/**
 * The threads and scratch of a backend's kernels, and the FLOAT64 kernels, which serve gradient
 * checks. A call takes scratch from a pool and gives it back, so that a repeated call allocates
 * nothing and any number of threads may call at the same time.
 */
final class KernelContext {
  final Workers workers;
  final ScratchPool<KernelScratch> scratch;
  final ScratchPool<GemmCall> products;
  final ScratchPool<OptimizerCall> updates;
  final DoubleArithmetic doubles = new DoubleArithmetic(HeapStorage.ARRAYS);
  final DoubleLosses doubleLosses = new DoubleLosses(HeapStorage.ARRAYS);
  final DoubleOptimizers doubleOptimizers = new DoubleOptimizers(HeapStorage.ARRAYS);

  KernelContext(Workers workers, FloatEngine engine) {
    this.workers = workers;
    this.scratch = new ScratchPool<>(() -> new KernelScratch(engine));
    this.products = new ScratchPool<>(() -> new GemmCall(scratch));
    this.updates = new ScratchPool<>(() -> new OptimizerCall(scratch));
  }
}
