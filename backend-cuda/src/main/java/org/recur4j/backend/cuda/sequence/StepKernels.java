package org.recur4j.backend.cuda.sequence;

import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.Kernel;
import org.recur4j.backend.cuda.driver.KernelModule;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.product.Tiling;

/** A kernel of a time step, compiled for two or three tiles. */
final class StepKernels {
  private static final int THREADS = 128;

  private final LaunchQueue queue;
  private final Tiling tiling;
  private final Kernel narrow;
  private final Kernel tall;

  /** Null for kernels with several columns per unit. */
  private final Kernel wide;

  StepKernels(Device device, Tiling tiling, String name, boolean isWide) {
    KernelModule module = device.module();
    this.queue = device.queue();
    this.tiling = tiling;
    this.narrow = module.kernel(name + "_narrow");
    this.tall = module.kernel(name + "_tall");
    this.wide = isWide ? module.kernel(name + "_wide") : null;
  }

  /** Returns the tile for an extent, to be passed to {@link #begin} and {@link #run}. */
  Tiling.StepTile choose(int batch, int size) {
    Tiling.StepTile tile = tiling.step(batch, size);
    return tile == Tiling.StepTile.WIDE && wide == null ? Tiling.StepTile.TALL : tile;
  }

  LaunchQueue begin(Tiling.StepTile tile) {
    return queue.begin(
        switch (tile) {
          case NARROW -> narrow;
          case TALL -> tall;
          case WIDE -> wide;
        });
  }

  /** Launches the chosen kernel after all its arguments are written. */
  void run(Tiling.StepTile tile, int batch, int size) {
    int across = (int) Tiling.blocks(size, tile.units());
    int down = (int) Tiling.blocks(batch, tile.rows());
    queue.run(across, down, 1, THREADS);
  }
}
