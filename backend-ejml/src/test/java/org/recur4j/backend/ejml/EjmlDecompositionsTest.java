package org.recur4j.backend.ejml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EjmlDecompositionsTest {
  private final EjmlDecompositions decompositions = new EjmlDecompositions();

  @Test
  void factorsIntoOrthonormalColumnsAndAnUpperTriangle() {
    int rows = 7;
    int columns = 4;
    double[] a = new Random(1).doubles((long) rows * columns, -1, 1).toArray();
    double[] q = decompositions.orthogonalFactor(a, rows, columns);
    double[] r = new double[columns * columns];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < rows; k++) {
          r[i * columns + j] += q[k * columns + i] * a[k * columns + j];
        }
      }
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        double dot = 0;
        for (int k = 0; k < rows; k++) {
          dot += q[k * columns + i] * q[k * columns + j];
        }
        assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-12));
        if (j == i) {
          assertThat(r[i * columns + j]).isPositive();
        }
        if (j < i) {
          assertThat(r[i * columns + j]).isCloseTo(0, within(1e-12));
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < columns; k++) {
          sum += q[i * columns + k] * r[k * columns + j];
        }
        assertThat(sum).isCloseTo(a[i * columns + j], within(1e-12));
      }
    }
  }

  @Test
  void findsSingularValuesAndEigenvalueModuliLargestFirst() {
    // diag(2, -5) rotated on one side only: singular values 5 and 2, and A Aᵀ = diag(4, 25).
    double c = Math.cos(0.3);
    double s = Math.sin(0.3);
    double[] a = {2 * c, 2 * s, 5 * s, -5 * c};
    assertThat(decompositions.singularValues(a, 2, 2))
        .containsExactly(new double[] {5, 2}, within(1e-12));
    assertThat(decompositions.singularValues(new double[] {3, 0, 4, 0, 0, 0}, 2, 3))
        .containsExactly(new double[] {5, 0}, within(1e-12));
    // A rotation by 0.3 scaled by 0.9 beside an eigenvalue of -2: moduli 2, 0.9, 0.9.
    double[] rotation = {0.9 * c, -0.9 * s, 0, 0.9 * s, 0.9 * c, 0, 0, 0, -2};
    assertThat(decompositions.eigenvalueModuli(rotation, 3))
        .containsExactly(new double[] {2, 0.9, 0.9}, within(1e-12));
    assertThat(rotation[8]).as("the argument is left alone").isEqualTo(-2);
  }
}
