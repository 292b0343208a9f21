package org.recur4j.backend.ejml.kernel;

import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.backend.ejml.engine.FloatEngine;

/** The scratch of one thread in a kernel; its large parts are allocated at first use. */
final class KernelScratch {
  final FloatRuns floatRuns = new FloatRuns();
  final FloatOptimizer floatOptimizer = new FloatOptimizer();
  final BroadcastRuns broadcast = new BroadcastRuns();
  private final FloatEngine engine;
  private FloatProduct floatProduct;
  private FloatCrossEntropy crossEntropy;

  KernelScratch(FloatEngine engine) {
    this.engine = engine;
  }

  FloatCrossEntropy crossEntropy() {
    if (crossEntropy == null) {
      crossEntropy = new FloatCrossEntropy(engine);
    }
    return crossEntropy;
  }

  FloatProduct floatProduct() {
    if (floatProduct == null) {
      floatProduct = new FloatProduct(engine);
    }
    return floatProduct;
  }
}
