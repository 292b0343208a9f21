package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.scaled;
import static org.recur4j.conformance.toy.Block.set;

import org.recur4j.api.kernel.Products;
import org.recur4j.api.tensor.Tensor;

/** C = α · op(A) · op(B) + β · C, by its definition. */
interface ToyProducts extends Products {
  @Override
  default void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    product(transposeA, transposeB, alpha, a, b, beta, c, 0);
  }

  @Override
  default void batchedGemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    for (int entry = 0; entry < c.extent(0); entry++) {
      product(transposeA, transposeB, alpha, a, b, beta, c, entry);
    }
  }

  /** The product of one entry; a matrix is entry 0 of itself. */
  private static void product(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c,
      int entry) {
    int rows = c.extent(-2);
    int columns = c.extent(-1);
    int inner = transposeA ? a.extent(-2) : a.extent(-1);
    // Looked up once and not for every element: most of what the toy computes is products.
    Block left = a.storage(Block.class);
    Block right = b.storage(Block.class);
    int fromA = a.offset() + entry * rows * inner;
    int fromB = b.offset() + entry * inner * columns;
    int fromC = entry * rows * columns;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          double elementOfA = left.at(fromA + (transposeA ? k * rows + i : i * inner + k));
          sum += elementOfA * right.at(fromB + (transposeB ? j * inner + k : k * columns + j));
        }
        int at = fromC + i * columns + j;
        set(c, at, alpha * sum + scaled(beta, c, at));
      }
    }
  }
}
