package org.recur4j.backend.cuda.product;

import static jcuda.jcublas.JCublas2.cublasSgemm;
import static jcuda.jcublas.JCublas2.cublasSgemmStridedBatched;
import static jcuda.jcublas.cublasMath.CUBLAS_DEFAULT_MATH;
import static jcuda.jcublas.cublasMath.CUBLAS_TF32_TENSOR_OP_MATH;
import static jcuda.jcublas.cublasOperation.CUBLAS_OP_N;
import static jcuda.jcublas.cublasOperation.CUBLAS_OP_T;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.jcublas.cublasHandle;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.Kernel;
import org.recur4j.backend.cuda.driver.MergedAxes;

/**
 * Products by cuBLAS, which is column-major. A row-major C is its Cᵀ = op(B)ᵀ op(A)ᵀ, so the
 * operands are exchanged, and every matrix keeps its leading dimension and its transpose flag.
 *
 * <p>cuBLAS adds no bias, so the bias is first copied to every row of C, and the product is added
 * with β = 1. This reads and writes C once more, as would adding it afterward, and rounds the sum
 * only once.
 */
final class CublasGemm extends Gemm {
  private final Cublas cublas;
  private final DevicePointers pointers;
  private final int math;
  private final Kernel copyWords;
  private final MergedAxes axes = new MergedAxes();
  private final ByteBuffer alphaValue = scalar();
  private final ByteBuffer betaValue = scalar();
  private final Pointer alphaPointer = Pointer.to(alphaValue);
  private final Pointer betaPointer = Pointer.to(betaValue);

  /**
   * Creates products in single precision, or with operands rounded to TF32.
   *
   * @param tensorCores whether to round to TF32; only for compute capability 8.0 and newer
   */
  CublasGemm(Device device, Cublas cublas, DevicePointers pointers, boolean tensorCores) {
    super(device.queue());
    this.cublas = cublas;
    this.pointers = pointers;
    this.math = tensorCores ? CUBLAS_TF32_TENSOR_OP_MATH : CUBLAS_DEFAULT_MATH;
    this.copyWords = device.module().kernel("copy_words");
  }

  /** Returns a direct buffer on the host, which JCuda passes without copying. */
  private static ByteBuffer scalar() {
    return ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder());
  }

  @Override
  void launch(int m, int n, int k, double alpha, double beta) {
    double scale = beta;
    if (bias != 0) {
      copyBias(m, n, beta);
      scale = 1;
    }
    multiply(m, n, k, alpha, scale);
  }

  private void copyBias(int m, int n, double beta) {
    if (beta != 0 || count != 1 || ldc != n) {
      throw new InvalidArgumentException(
          "multiply with cuBLAS and add a bias",
          count + " products, β " + beta + ", rows of " + n + " values " + ldc + " apart",
          "one product with β 0 and contiguous rows",
          "Add the bias with a separate kernel");
    }
    int size = Math.multiplyExact(m, n);
    queue.begin(copyWords).address(bias).address(c).integer(size);
    axes.clear();
    axes.add(n, 1, 1);
    axes.add(m, 0, 0);
    axes.writeBroadcast(queue);
    queue.overElements(size);
  }

  private void multiply(int m, int n, int k, double alpha, double beta) {
    queue.enter();
    cublasHandle handle = cublas.handle(queue.stream(), math);
    alphaValue.putFloat(0, (float) alpha);
    betaValue.putFloat(0, (float) beta);
    Pointer left = pointers.to(a);
    Pointer right = pointers.to(b);
    Pointer result = pointers.to(c);
    int first = transposeB ? CUBLAS_OP_T : CUBLAS_OP_N;
    int second = transposeA ? CUBLAS_OP_T : CUBLAS_OP_N;
    int status;
    if (count == 1) {
      status =
          cublasSgemm(
              handle,
              first,
              second,
              n,
              m,
              k,
              alphaPointer,
              right,
              ldb,
              left,
              lda,
              betaPointer,
              result,
              ldc);
    } else {
      status =
          cublasSgemmStridedBatched(
              handle,
              first,
              second,
              n,
              m,
              k,
              alphaPointer,
              right,
              ldb,
              strideB,
              left,
              lda,
              strideA,
              betaPointer,
              result,
              ldc,
              strideC,
              count);
    }
    if (status != 0) {
      Cublas.check(status, "multiply " + m + " x " + k + " by " + k + " x " + n + " with cuBLAS");
    }
  }

  /**
   * Divides the sum only where its chain of additions would be too long, because cuBLAS divides it
   * for speed itself.
   */
  @Override
  public void accumulate(int m, int n, int k, long parts) {
    long fromA = a;
    long fromB = b;
    int pieces = (k - 1) / ChunkSums.LONGEST_CHUNK + 1;
    int length = (k - 1) / pieces + 1;
    for (int at = 0; at < k; at += length) {
      left(fromA + 4L * at * (transposeA ? lda : 1), lda, transposeA);
      right(fromB + 4L * at * (transposeB ? 1 : ldb), ldb, transposeB);
      run(m, n, Math.min(length, k - at), 1, 1);
    }
  }
}
