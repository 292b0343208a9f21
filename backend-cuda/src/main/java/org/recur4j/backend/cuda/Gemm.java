package org.recur4j.backend.cuda;

/**
 * C = α op(A) op(B) + β C on addresses, with a bias for each column where there is one. The fields
 * are set by whoever holds the queue; {@link #run} then launches and forgets what is optional.
 *
 * <p>The tile is chosen by shape for speed alone: every element is the same chain of multiply-adds
 * in each of them. On tensor cores it is a chain of other steps, again the same in each tile.
 */
final class Gemm {
  private static final int MOST_ENTRIES = 65_535;

  private final LaunchQueue queue;
  private final Tiling tiling;
  private final boolean tensorCores;
  private final Kernel gemm128;
  private final Kernel gemm64;

  /** Null on tensor cores. */
  private final Kernel gemm32;

  private long a;
  private long b;
  private long c;
  private int lda;
  private int ldb;
  private int ldc;
  private boolean transposeA;
  private boolean transposeB;
  private long bias;
  private long strideA;
  private long strideB;
  private long strideC;
  private int count = 1;
  private int chunk;

  /** Products in single precision throughout. */
  Gemm(Device device) {
    this(device, false);
  }

  /**
   * Products in single precision, or with operands rounded to TF32 on tensor cores.
   *
   * @param tensorCores only for devices of compute capability 8.0 and newer
   */
  Gemm(Device device, boolean tensorCores) {
    KernelModule module = device.module();
    this.queue = device.queue();
    this.tiling = device.tiling();
    this.tensorCores = tensorCores;
    this.gemm128 = module.kernel(tensorCores ? "gemm_tf32_128" : "gemm_128");
    this.gemm64 = module.kernel(tensorCores ? "gemm_tf32_64" : "gemm_64");
    this.gemm32 = tensorCores ? null : module.kernel("gemm_32");
  }

  Gemm left(long address, int leading, boolean transpose) {
    a = address;
    lda = leading;
    transposeA = transpose;
    return this;
  }

  Gemm right(long address, int leading, boolean transpose) {
    b = address;
    ldb = leading;
    transposeB = transpose;
    return this;
  }

  Gemm result(long address, int leading) {
    c = address;
    ldc = leading;
    return this;
  }

  /** A vector of n to add to each row, or 0. */
  Gemm bias(long address) {
    bias = address;
    return this;
  }

  Gemm batch(int entries, long left, long right, long result) {
    count = entries;
    strideA = left;
    strideB = right;
    strideC = result;
    return this;
  }

  /** Cuts k into chunks; each gives a result of its own, {@code result} elements apart. */
  Gemm chunks(int length, int entries, long result) {
    chunk = length;
    count = entries;
    strideC = result;
    return this;
  }

  void run(int m, int n, int k, double alpha, double beta) {
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
    bias = 0;
    strideA = 0;
    strideB = 0;
    strideC = 0;
    count = 1;
    chunk = 0;
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
