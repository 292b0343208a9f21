package org.recur4j.backend.cuda.product;

import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.Kernel;
import org.recur4j.backend.cuda.driver.KernelModule;

/**
 * Products by the backend's own kernels.
 *
 * <p>The tile is chosen by shape for speed only: every element is computed by the same chain of
 * multiply-adds with each tile. On tensor cores the chain is different, but again the same with
 * each tile.
 */
final class OwnGemm extends Gemm {
  private static final int MOST_ENTRIES = 65_535;

  private final Tiling tiling;
  private final boolean tensorCores;
  private final Kernel gemm128;
  private final Kernel gemm64;

  /** Null on tensor cores. */
  private final Kernel gemm32;

  private final ChunkSums sums;

  /** If above 0, the part of k that each entry of the batch processes. */
  private int chunk;

  /**
   * Creates products in single precision, or with operands rounded to TF32 on tensor cores.
   *
   * @param tensorCores whether to use tensor cores; only for compute capability 8.0 and newer
   */
  OwnGemm(Device device, Tiling tiling, boolean tensorCores) {
    super(device.queue());
    KernelModule module = device.module();
    this.tiling = tiling;
    this.tensorCores = tensorCores;
    this.gemm128 = module.kernel(tensorCores ? "gemm_tf32_128" : "gemm_128");
    this.gemm64 = module.kernel(tensorCores ? "gemm_tf32_64" : "gemm_64");
    this.gemm32 = tensorCores ? null : module.kernel("gemm_32");
    this.sums = new ChunkSums(device);
  }

  /**
   * Divides k into chunks, each with a separate result; results are {@code result} elements apart.
   */
  OwnGemm chunks(int length, int entries, long result) {
    chunk = length;
    batch(entries, 0, 0, result);
    return this;
  }

  @Override
  void launch(int m, int n, int k, double alpha, double beta) {
    int tile = tensorCores ? Math.max(64, tiling.gemm(m, n, count)) : tiling.gemm(m, n, count);
    queue
        .begin(tile == 128 ? gemm128 : tile == 64 ? gemm64 : gemm32)
        .address(a)
        .address(b)
        .address(c)
        .address(bias)
        .address(strideA)
        .address(strideB)
        .address(strideC)
        .integer(count)
        .integer(chunk)
        .integer(m)
        .integer(n)
        .integer(k)
        .integer(lda)
        .integer(ldb)
        .integer(ldc)
        .flag(transposeA)
        .flag(transposeB)
        .number(alpha)
        .number(beta)
        .run(blocks(n, tile), blocks(m, tile), Math.min(count, MOST_ENTRIES), threads(tile));
    chunk = 0;
  }

  /**
   * Divides the sum into chunks that run side by side if the result is small. The number of chunks
   * depends only on the shape.
   */
  @Override
  public void accumulate(int m, int n, int k, long parts) {
    int chunks = ChunkSums.chunks(k, m, n);
    if (chunks == 1) {
      run(m, n, k, 1, 1);
      return;
    }
    long sum = c;
    int length = (k - 1) / chunks + 1;
    int pieces = (k - 1) / length + 1;
    result(parts, n);
    chunks(length, pieces, (long) m * n).run(m, n, k, 1, 0);
    sums.add(parts, sum, 1, pieces, m * n);
  }

  private int threads(int tile) {
    if (tile == 128) {
      return 256;
    }
    return tensorCores ? 128 : tile == 64 ? 256 : 64;
  }

  private static int blocks(int extent, int tile) {
    return (int) Tiling.blocks(extent, tile);
  }
}
