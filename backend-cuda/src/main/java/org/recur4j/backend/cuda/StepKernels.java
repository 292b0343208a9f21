package org.recur4j.backend.cuda;

/**
 * One kernel of a time step in the tiles there are: 8 rows by 16 units, 32 by 16, and 32 by 64
 * where a unit has one column. Which runs is a question of speed alone.
 */
final class StepKernels {
  /** The tiles. */
  enum Tile {
    NARROW,
    TALL,
    WIDE
  }

  private static final int THREADS = 128;
  private static final int NARROW_ROWS = 8;
  private static final int TALL_ROWS = 32;
  private static final int UNITS = 16;
  private static final int WIDE_UNITS = 64;

  /** Fewer blocks than this leave multiprocessors idle. */
  private static final int ENOUGH_BLOCKS = 128;

  private final LaunchQueue queue;
  private final Tiling tiling;
  private final Kernel narrow;
  private final Kernel tall;

  /** Null where a unit has several columns. */
  private final Kernel wide;

  StepKernels(Device device, String name, boolean isWide) {
    KernelModule module = device.module();
    this.queue = device.queue();
    this.tiling = device.tiling();
    this.narrow = module.kernel(name + "_narrow");
    this.tall = module.kernel(name + "_tall");
    this.wide = isWide ? module.kernel(name + "_wide") : null;
  }

  /** The tile for an extent; takes part in {@link #begin} and {@link #run}. */
  Tile choose(int batch, int size) {
    Tile tile = tiling.step(batch, size);
    return tile == Tile.WIDE && wide == null ? Tile.TALL : tile;
  }

  /** The tile that suits an extent if there is one of each. */
  static Tile suited(int batch, int size) {
    if (batch <= 2 * NARROW_ROWS) {
      return Tile.NARROW;
    }
    boolean many = blocks(size, WIDE_UNITS) * blocks(batch, TALL_ROWS) >= ENOUGH_BLOCKS;
    return many ? Tile.WIDE : Tile.TALL;
  }

  LaunchQueue begin(Tile tile) {
    return queue.begin(
        switch (tile) {
          case NARROW -> narrow;
          case TALL -> tall;
          case WIDE -> wide;
        });
  }

  /** Launches the chosen kernel, whose arguments are all written. */
  void run(Tile tile, int batch, int size) {
    int units = tile == Tile.WIDE ? WIDE_UNITS : UNITS;
    int rows = tile == Tile.NARROW ? NARROW_ROWS : TALL_ROWS;
    queue.run(blocks(size, units), blocks(batch, rows), 1, THREADS);
  }

  private static int blocks(int extent, int tile) {
    return (extent - 1) / tile + 1;
  }
}
