package org.recur4j.backend.cuda;

/**
 * Which tile a product takes. A question of speed alone: every element of a result is the same
 * chain of multiply-adds in each of them, which tests hold by forcing one after the other.
 */
interface Tiling {
  /** Fewer blocks than this leave multiprocessors idle, so smaller tiles are taken. */
  int ENOUGH_BLOCKS = 96;

  /** By shape. */
  Tiling BY_SHAPE =
      new Tiling() {
        @Override
        public int gemm(int m, int n, int count) {
          return Tiling.square(m, n, count);
        }

        @Override
        public StepKernels.Tile step(int batch, int size) {
          return StepKernels.suited(batch, size);
        }

        @Override
        public boolean resident(int steps) {
          return steps > 1;
        }
      };

  /** Rows and columns of a product's tile: 128, 64 or 32. */
  int gemm(int m, int n, int count);

  /** A step's tile; where there is no wide one, tall stands for it. */
  StepKernels.Tile step(int batch, int size);

  /** Whether all steps run in one launch where W_hh fits a block's shared memory. */
  boolean resident(int steps);

  /** The side of the tile that suits a product. */
  static int square(int m, int n, int count) {
    if (m >= 128 && n >= 128 && blocks(m, 128) * blocks(n, 128) * count >= ENOUGH_BLOCKS) {
      return 128;
    }
    long medium = blocks(m, 64) * blocks(n, 64) * count;
    return m > 32 && n > 32 && medium >= ENOUGH_BLOCKS / 2 ? 64 : 32;
  }

  /** How many tiles cover an extent. */
  static long blocks(int extent, int tile) {
    return (extent - 1L) / tile + 1;
  }
}
