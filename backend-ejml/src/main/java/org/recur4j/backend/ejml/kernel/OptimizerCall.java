package org.recur4j.backend.ejml.kernel;

import static org.recur4j.backend.ejml.array.HeapStorage.floats;
import static org.recur4j.backend.ejml.array.HeapStorage.floatsOrNull;

import org.recur4j.api.spi.BlockTask;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;

/** One update of a parameter, divided into blocks that threads take. */
final class OptimizerCall implements BlockTask {
  /** The number of elements of a block; its four arrays together fill half a second-level cache. */
  private static final int BLOCK = 32_768;

  private final ScratchPool<KernelScratch> scratchPool;
  private Record settings;
  private long step;
  private double rate;
  private double scale;
  private Tensor gradient;
  private Tensor first;
  private Tensor second;
  private Tensor parameter;

  OptimizerCall(ScratchPool<KernelScratch> scratchPool) {
    this.scratchPool = scratchPool;
  }

  /**
   * Runs the update; {@code optimizer} is an Sgd, RmsProp or Adam, and the states it does not have
   * are null.
   */
  void run(
      Record optimizer,
      long count,
      double learningRate,
      double factor,
      Tensor g,
      Tensor firstState,
      Tensor secondState,
      Tensor p,
      Workers workers) {
    settings = optimizer;
    step = count;
    rate = learningRate;
    scale = factor;
    gradient = g;
    first = firstState;
    second = secondState;
    parameter = p;
    try {
      workers.run((p.size() + BLOCK - 1) / BLOCK, this);
    } finally {
      settings = null;
      gradient = null;
      first = null;
      second = null;
      parameter = null;
    }
  }

  @Override
  public void run(int block) {
    int from = block * BLOCK;
    int n = Math.min(BLOCK, parameter.size() - from);
    KernelScratch scratch = scratchPool.take();
    scratch.floatOptimizer.update(
        settings,
        step,
        (float) rate,
        (float) scale,
        floats(gradient),
        gradient.offset() + from,
        floatsOrNull(first),
        first == null ? 0 : first.offset() + from,
        floatsOrNull(second),
        second == null ? 0 : second.offset() + from,
        floats(parameter),
        parameter.offset() + from,
        n);
    scratchPool.give(scratch);
  }
}
