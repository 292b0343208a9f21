package org.recur4j.models.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;

class InitializerTest {
  private static final Philox RANDOM = new Philox(42);
  private static final long STREAM = RandomStream.INITIALIZATION.at(3);

  @Test
  void valuesThatNeedNoChance() {
    WeightShape shape = new WeightShape(2, 2, 3);
    assertThat(new Initializer.Zeros().doubles(shape, RANDOM, STREAM))
        .containsExactly(new double[12]);
    assertThat(new Initializer.Constant(1.5).floats(WeightShape.matrix(1, 3), RANDOM, STREAM))
        .containsExactly(1.5f, 1.5f, 1.5f);
    assertThat(new Initializer.Identity(2).doubles(shape, RANDOM, STREAM))
        .containsExactly(2, 0, 0, 0, 2, 0, 2, 0, 0, 0, 2, 0);
    assertThat(new Initializer.Identity(1).doubles(WeightShape.matrix(3, 2), RANDOM, STREAM))
        .containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(
            new Initializer.BlockConstant(1, 1).doubles(new WeightShape(4, 2, 1), RANDOM, STREAM))
        .containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
  }

  /**
   * Computed by a second implementation in another language: Philox, the mapping to 53 bits, the
   * bound.
   */
  @Test
  void firstValuesAreTheDefinitions() {
    WeightShape shape = new WeightShape(2, 2, 3);
    assertThat(new Initializer.GlorotUniform(1).doubles(shape, RANDOM, STREAM))
        .containsExactly(GLOROT, within(1e-15));
    assertThat(new Initializer.UniformByHiddenSize().doubles(shape, RANDOM, STREAM))
        .containsExactly(PYTORCH, within(1e-15));
    assertThat(new Initializer.Gaussian(1, 2).doubles(shape, RANDOM, STREAM))
        .containsExactly(GAUSSIAN, within(1e-14));
    assertThat(new Initializer.Orthogonal(1).doubles(shape, RANDOM, STREAM))
        .containsExactly(ORTHOGONAL, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,5,5", "4,8,8", "1,7,3", "3,3,7", "1,1,9", "1,9,1", "1,64,64", "2,100,37"})
  void orthogonal(int blocks, int rows, int columns) {
    WeightShape shape = new WeightShape(blocks, rows, columns);
    double[] values = new Initializer.Orthogonal(1.5).doubles(shape, RANDOM, STREAM);
    int inner = Math.max(rows, columns);
    int outer = Math.min(rows, columns);
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < outer; i++) {
        for (int j = 0; j < outer; j++) {
          double product = 0;
          for (int k = 0; k < inner; k++) {
            product +=
                at(values, shape, block, rows < columns, i, k)
                    * at(values, shape, block, rows < columns, j, k);
          }
          assertThat(product).isCloseTo(i == j ? 2.25 : 0, within(1e-13));
        }
      }
    }
  }

  /**
   * Q with positive diagonal of R is unique, so Gram and Schmidt's way must lead to the same
   * matrix.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 12})
  void orthogonalIsWhatGramSchmidtGives(int columns) {
    int rows = columns + 2;
    double[] a = new double[rows * columns];
    RANDOM.fillGaussian(a, 0, a.length, STREAM, 0);
    double[] q = HouseholderQr.orthonormalColumns(a.clone(), rows, columns);
    double[] expected = gramSchmidt(a, rows, columns);
    assertThat(q).containsExactly(expected, within(1e-12));
  }

  @Test
  void aMatrixWithoutFullRankStillGivesOrthonormalColumns() {
    double[] q = HouseholderQr.orthonormalColumns(new double[] {0, 0, 0, 0, 0, 0}, 3, 2);
    assertThat(q).containsExactly(1, 0, 0, 1, 0, 0);
  }

  @Test
  void orthogonalMatricesAreUniformlyDistributed() {
    // Without the sign rule the diagonal of Q leans to one side.
    double diagonal = 0;
    double determinants = 0;
    int draws = 4000;
    for (int draw = 0; draw < draws; draw++) {
      double[] q =
          new Initializer.Orthogonal(1)
              .doubles(WeightShape.matrix(2, 2), RANDOM, RandomStream.INITIALIZATION.at(draw));
      diagonal += q[0] + q[3];
      determinants += q[0] * q[3] - q[1] * q[2];
    }
    // Standard errors: the trace's is 1/√draws·1 = 0.016, the determinant's the same.
    assertThat(diagonal / draws).isCloseTo(0, within(0.06));
    assertThat(determinants / draws).isCloseTo(0, within(0.06));
  }

  @Test
  void spreadOfUniformAndGaussian() {
    WeightShape shape = new WeightShape(4, 100, 200);
    double glorot = Math.sqrt(6.0 / 300);
    assertSpread(
        new Initializer.GlorotUniform(1).doubles(shape, RANDOM, STREAM),
        0,
        glorot / Math.sqrt(3),
        glorot);
    assertSpread(
        new Initializer.GlorotUniform(2).doubles(shape, RANDOM, STREAM),
        0,
        2 * glorot / Math.sqrt(3),
        2 * glorot);
    assertSpread(
        new Initializer.UniformByHiddenSize().doubles(shape, RANDOM, STREAM),
        0,
        0.1 / Math.sqrt(3),
        0.1);
    assertSpread(
        new Initializer.Uniform(1, 3).doubles(shape, RANDOM, STREAM), 2, 1 / Math.sqrt(3), 1);
    assertSpread(
        new Initializer.Gaussian(-1, 0.5).doubles(shape, RANDOM, STREAM), -1, 0.5, 0.5 * 8.6);
  }

  @Test
  void everythingDependsOnSeedStreamAndBlockAndNothingElse() {
    WeightShape shape = new WeightShape(2, 4, 5);
    for (Initializer initializer :
        List.of(
            new Initializer.GlorotUniform(1),
            new Initializer.Orthogonal(1),
            new Initializer.UniformByHiddenSize(),
            new Initializer.Uniform(0, 1),
            new Initializer.Gaussian(0, 1))) {
      double[] values = initializer.doubles(shape, RANDOM, STREAM);
      assertThat(initializer.doubles(shape, new Philox(42), STREAM)).containsExactly(values);
      assertThat(initializer.doubles(shape, new Philox(43), STREAM)).isNotEqualTo(values);
      assertThat(initializer.doubles(shape, RANDOM, STREAM + 1)).isNotEqualTo(values);
      assertThat(Arrays.copyOfRange(values, 0, 20))
          .isNotEqualTo(Arrays.copyOfRange(values, 20, 40));
      float[] floats = initializer.floats(shape, RANDOM, STREAM);
      for (int i = 0; i < floats.length; i++) {
        assertThat(floats[i]).isEqualTo((float) values[i]);
      }
    }
  }

  @Test
  void refusals() {
    assertRefused(() -> new WeightShape(0, 1, 1), "got 0 blocks of 1 x 1");
    assertRefused(() -> WeightShape.matrix(1 << 16, 1 << 15), "at most 2147483639 elements");
    assertRefused(
        () -> new Initializer.Constant(Double.NaN), "got value NaN, expected a finite number");
    assertRefused(
        () -> new Initializer.GlorotUniform(0), "got gain 0.0, expected a finite number above 0");
    assertRefused(() -> new Initializer.Orthogonal(-1), "Orthogonal initializer: got gain -1.0");
    assertRefused(
        () -> new Initializer.Gaussian(0, Double.POSITIVE_INFINITY), "got deviation Infinity");
    assertRefused(
        () -> new Initializer.Uniform(1, 1), "got low 1.0, expected below high, which is 1.0");
    assertRefused(() -> new Initializer.BlockConstant(-1, 0), "got block -1, expected at least 0");
    assertRefused(
        () -> new Initializer.BlockConstant(1, 1).doubles(WeightShape.matrix(2, 1), RANDOM, STREAM),
        "got block 1, expected below 1, the number of blocks");
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(RecurException.class)
        .hasMessageContaining(message);
  }

  private static void assertSpread(double[] values, double mean, double deviation, double bound) {
    double average = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - average) * (v - average)).average().orElseThrow();
    // 80,000 values: the mean's standard error is deviation/283, the variance's below 0.5 %.
    assertThat(average).isCloseTo(mean, within(deviation / 60));
    assertThat(variance).isCloseTo(deviation * deviation, within(0.02 * deviation * deviation));
    assertThat(Arrays.stream(values).map(v -> Math.abs(v - mean)).max().orElseThrow())
        .isLessThanOrEqualTo(bound);
  }

  private static double at(
      double[] values, WeightShape shape, int block, boolean wide, int outer, int inner) {
    int start = block * shape.blockCount();
    return values[
        start + (wide ? outer * shape.columns() + inner : inner * shape.columns() + outer)];
  }

  private static double[] gramSchmidt(double[] a, int rows, int columns) {
    double[] q = a.clone();
    for (int j = 0; j < columns; j++) {
      for (int before = 0; before < j; before++) {
        double product = 0;
        for (int i = 0; i < rows; i++) {
          product += q[i * columns + before] * q[i * columns + j];
        }
        for (int i = 0; i < rows; i++) {
          q[i * columns + j] -= product * q[i * columns + before];
        }
      }
      double norm = 0;
      for (int i = 0; i < rows; i++) {
        norm += q[i * columns + j] * q[i * columns + j];
      }
      for (int i = 0; i < rows; i++) {
        q[i * columns + j] /= Math.sqrt(norm);
      }
    }
    return q;
  }

  private static final double[] GLOROT = {
    0.257643093066791,
    -0.38037631152052287,
    -0.9010990207403275,
    0.9543375752763046,
    0.6648322325916982,
    0.7829717067498523,
    -1.065311736465027,
    -0.8030463269404782,
    0.04157031093457264,
    0.9424380427528414,
    -1.0772291744830638,
    0.3421844538710752
  };

  private static final double[] PYTORCH = {
    0.1663079014521749,
    -0.24553185330179828,
    -0.5816569167685167,
    0.616022255950849,
    0.4291473608082572,
    0.5054060634656292,
    -0.6876557689747258,
    -0.5183641750789181,
    0.026833520324377358,
    0.608341140735678,
    -0.6953484421369449,
    0.22087911519562575
  };

  private static final double[] GAUSSIAN = {
    -0.28039434123604656,
    3.4598458608602805,
    1.7924170271123345,
    0.6605933175540211,
    3.25343662106151,
    -1.8172421414507283,
    1.2225274975627782,
    1.2475414072281505,
    3.190407301125593,
    -0.028003033075771677,
    0.8563286528653482,
    0.7851702682487492
  };

  private static final double[] ORTHOGONAL = {
    -0.47243128700493586,
    0.29238070171562086,
    0.8314578788628688,
    0.7169451620556122,
    0.6761882121285826,
    0.16958518916285908,
    0.10085708982600883,
    0.9927676729607092,
    -0.06511677937372816,
    0.7736301982928909,
    -0.11941083811908171,
    -0.6222839930682779
  };
}
