package org.recur4j.backend.cuda.product;

/**
 * The choice of tiles. It affects only speed: every element of a result is computed by the same
 * chain of multiply-adds with each tile, which tests verify by forcing each tile.
 */
public interface Tiling {
  /**
   * The number of blocks below which multiprocessors are idle, so that smaller tiles are chosen.
   */
  int ENOUGH_BLOCKS = 96;

  /** The tiles of the kernels of one time step. */
  enum StepTile {
    NARROW(8, 16),
    TALL(32, 16),
    /** Only for kernels with one column per unit. */
    WIDE(32, 64);

    /** The number of blocks below which multiprocessors are idle. */
    private static final int ENOUGH_BLOCKS = 128;

    private final int rows;
    private final int units;

    StepTile(int rows, int units) {
      this.rows = rows;
      this.units = units;
    }

    /** Returns the number of batch rows. */
    public int rows() {
      return rows;
    }

    /** Returns the number of hidden units. */
    public int units() {
      return units;
    }

    /** Returns the tile that suits an extent, assuming that all three exist. */
    public static StepTile suited(int batch, int size) {
      if (batch <= 2 * NARROW.rows) {
        return NARROW;
      }
      long blocks = blocks(size, WIDE.units) * blocks(batch, WIDE.rows);
      return blocks >= ENOUGH_BLOCKS ? WIDE : TALL;
    }
  }

  /** The choice by shape. */
  Tiling BY_SHAPE =
      new Tiling() {
        @Override
        public int gemm(int m, int n, int count) {
          return Tiling.square(m, n, count);
        }

        @Override
        public StepTile step(int batch, int size) {
          return StepTile.suited(batch, size);
        }

        @Override
        public boolean resident(int steps) {
          return steps > 1;
        }
      };

  /** Returns the number of rows and columns of a product's tile: 128, 64 or 32. */
  int gemm(int m, int n, int count);

  /** Returns the tile of a step; TALL is used if there is no WIDE kernel. */
  StepTile step(int batch, int size);

  /** Returns whether all steps run in one launch if W_hh fits in a block's shared memory. */
  boolean resident(int steps);

  /** Returns the side length of the tile that suits a product. */
  static int square(int m, int n, int count) {
    if (m >= 128 && n >= 128 && blocks(m, 128) * blocks(n, 128) * count >= ENOUGH_BLOCKS) {
      return 128;
    }
    long medium = blocks(m, 64) * blocks(n, 64) * count;
    return m > 32 && n > 32 && medium >= ENOUGH_BLOCKS / 2 ? 64 : 32;
  }

  /** Returns the number of tiles that cover an extent. */
  static long blocks(int extent, int tile) {
    return (extent - 1L) / tile + 1;
  }
}
