package org.recur4j.api.ops;

import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Matrix products and their gradients. */
final class ProductFunctions {
  static final Function LINEAR = new Linear();

  private ProductFunctions() {}

  /** y = x Wᵀ + b: dx = dy W, dW = dyᵀ x, db = Σ dy. */
  private record Linear() implements KernelFunction {
    @Override
    public String name() {
      return "linear";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor x = call.input(0);
      Tensor weight = call.input(1);
      Tensor bias = call.input(2);
      Tensor y = call.create(x.dataType(), x.shape().with(-1, weight.extent(0)));
      Tensor rows = flat(y);
      if (bias != null) {
        call.kernels().copy(bias, rows);
      }
      call.kernels().gemm(false, true, 1, flat(x), weight, bias == null ? 0 : 1, rows);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      Tensor dy = flat(call.outputGradient(0));
      if (call.wants(0)) {
        call.kernels().gemm(false, false, 1, dy, call.input(1), 0, flat(call.overwrite(0)));
      }
      if (call.wants(1)) {
        call.kernels().gemm(true, false, 1, dy, flat(call.input(0)), 1, call.accumulate(1));
      }
      if (call.input(2) != null && call.wants(2)) {
        call.kernels().sumTo(dy, 1, call.accumulate(2));
      }
    }

    private static Tensor flat(Tensor tensor) {
      int features = tensor.extent(-1);
      return tensor.reshape(Shape.of(tensor.size() / features, features));
    }
  }

  /** C = op(A) op(B). */
  record Product(boolean transposeA, boolean transposeB) implements KernelFunction {
    @Override
    public String name() {
      return "matmul";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor c =
          call.create(
              a.dataType(), Shape.of(a.extent(transposeA ? 1 : 0), b.extent(transposeB ? 0 : 1)));
      call.kernels().gemm(transposeA, transposeB, 1, a, b, 0, c);
      return new Tensor[] {c};
    }

    @Override
    public void backward(Backward call) {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor dc = call.outputGradient(0);
      if (call.wants(0)) {
        // dA = dC op(B)ᵀ, and its transpose when A itself was transposed
        Tensor da = call.accumulate(0);
        if (transposeA) {
          call.kernels().gemm(transposeB, true, 1, b, dc, 1, da);
        } else {
          call.kernels().gemm(false, !transposeB, 1, dc, b, 1, da);
        }
      }
      if (call.wants(1)) {
        Tensor db = call.accumulate(1);
        if (transposeB) {
          call.kernels().gemm(true, transposeA, 1, dc, a, 1, db);
        } else {
          call.kernels().gemm(!transposeA, false, 1, a, dc, 1, db);
        }
      }
    }
  }

  /** Cₙ = op(Aₙ) op(Bₙ). */
  record BatchedProduct(boolean transposeA, boolean transposeB) implements KernelFunction {
    @Override
    public String name() {
      return "batchedMatmul";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Shape shape =
          Shape.of(a.extent(0), a.extent(transposeA ? 2 : 1), b.extent(transposeB ? 1 : 2));
      Tensor c = call.create(a.dataType(), shape);
      call.kernels().batchedGemm(transposeA, transposeB, 1, a, b, 0, c);
      return new Tensor[] {c};
    }

    @Override
    public void backward(Backward call) {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor dc = call.outputGradient(0);
      if (call.wants(0)) {
        Tensor da = call.accumulate(0);
        if (transposeA) {
          call.kernels().batchedGemm(transposeB, true, 1, b, dc, 1, da);
        } else {
          call.kernels().batchedGemm(false, !transposeB, 1, dc, b, 1, da);
        }
      }
      if (call.wants(1)) {
        Tensor db = call.accumulate(1);
        if (transposeB) {
          call.kernels().batchedGemm(true, transposeA, 1, dc, a, 1, db);
        } else {
          call.kernels().batchedGemm(!transposeA, false, 1, a, dc, 1, db);
        }
      }
    }
  }
}
