package org.recur4j.models.initialization;

import java.util.Arrays;
import org.recur4j.api.random.Philox;

/**
 * How a parameter gets its first values. The values depend on the seed, the parameter's stream and
 * the shape, and on nothing else: not on the backend, on other parameters or on the order in which
 * a model is built. They are computed in double; a float parameter gets them rounded, so that both
 * types start from the same place.
 *
 * <p>Block g draws at step g of the stream; element i of a block is draw i, row-major.
 */
public sealed interface Initializer {
  /**
   * Fills one block.
   *
   * @param target row-major, rows · columns values from {@code offset} are overwritten
   * @param offset the block's first index
   * @param shape the whole parameter's shape
   * @param block the block's number, from 0
   * @param random the seed
   * @param stream the parameter's stream, see {@link
   *     org.recur4j.api.random.RandomStream#INITIALIZATION}
   */
  void fillBlock(
      double[] target, int offset, WeightShape shape, int block, Philox random, long stream);

  /**
   * The values of a whole parameter in double precision.
   *
   * @param shape the parameter's shape
   * @param random the seed
   * @param stream the parameter's stream
   * @return [blocks · rows, columns], row-major
   */
  default double[] doubles(WeightShape shape, Philox random, long stream) {
    double[] values = new double[shape.count()];
    for (int block = 0; block < shape.blocks(); block++) {
      fillBlock(values, block * shape.blockCount(), shape, block, random, stream);
    }
    return values;
  }

  /**
   * The values of a whole parameter in single precision.
   *
   * @param shape the parameter's shape
   * @param random the seed
   * @param stream the parameter's stream
   * @return [blocks · rows, columns], row-major: the double values, rounded
   */
  default float[] floats(WeightShape shape, Philox random, long stream) {
    double[] values = doubles(shape, random, stream);
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /** All 0. */
  record Zeros() implements Initializer {
    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      new Constant(0).fillBlock(target, offset, shape, block, random, stream);
    }
  }

  /**
   * All equal.
   *
   * @param value the value
   */
  record Constant(double value) implements Initializer {
    /** Refuses NaN and infinity. */
    public Constant {
      Checks.finite("Constant initializer", "value", value);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      Arrays.fill(target, offset, offset + shape.blockCount(), value);
    }
  }

  /**
   * One block constant, the others 0. The LSTM's forget bias (R. Jozefowicz, W. Zaremba, I.
   * Sutskever, "An empirical exploration of recurrent network architectures", 2015) is block 1 of
   * {@code bias_ih}.
   *
   * @param chosen the block's number, from 0
   * @param value its value
   */
  record BlockConstant(int chosen, double value) implements Initializer {
    /** Refuses a negative block, NaN and infinity. */
    public BlockConstant {
      Checks.atLeastZero("Block constant initializer", "block", chosen);
      Checks.finite("Block constant initializer", "value", value);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      Checks.below("Block constant initializer", "block", chosen, shape.blocks());
      new Constant(block == chosen ? value : 0)
          .fillBlock(target, offset, shape, block, random, stream);
    }
  }

  /**
   * A multiple of the identity: 1 where row = column. With ReLU it keeps a simple recurrent
   * network's state (Q. V. Le, N. Jaitly, G. E. Hinton, "A simple way to initialize recurrent
   * networks of rectified linear units", 2015).
   *
   * @param gain the value on the diagonal
   */
  record Identity(double gain) implements Initializer {
    /** Refuses NaN and infinity. */
    public Identity {
      Checks.finite("Identity initializer", "gain", gain);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      Arrays.fill(target, offset, offset + shape.blockCount(), 0);
      for (int i = 0; i < Math.min(shape.rows(), shape.columns()); i++) {
        target[offset + i * shape.columns() + i] = gain;
      }
    }
  }

  /**
   * Uniform in [low, high).
   *
   * @param low the smallest value
   * @param high above every value
   */
  record Uniform(double low, double high) implements Initializer {
    /** Refuses an empty range, NaN and infinity. */
    public Uniform {
      Checks.finite("Uniform initializer", "low", low);
      Checks.finite("Uniform initializer", "high", high);
      Checks.ordered("Uniform initializer", low, high);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      random.fillUniform(target, offset, shape.blockCount(), stream, block, low, high);
    }
  }

  /**
   * Uniform within ±1/√rows: what PyTorch gives every parameter of a recurrent layer, whose blocks
   * have H rows.
   */
  record UniformByHiddenSize() implements Initializer {
    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      double bound = 1 / Math.sqrt(shape.rows());
      new Uniform(-bound, bound).fillBlock(target, offset, shape, block, random, stream);
    }
  }

  /**
   * The normal distribution.
   *
   * @param mean its mean
   * @param deviation its standard deviation, above 0
   */
  record Gaussian(double mean, double deviation) implements Initializer {
    /** Refuses a deviation that is not positive, NaN and infinity. */
    public Gaussian {
      Checks.finite("Gaussian initializer", "mean", mean);
      Checks.positive("Gaussian initializer", "deviation", deviation);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      random.fillGaussian(target, offset, shape.blockCount(), stream, block);
      for (int i = offset; i < offset + shape.blockCount(); i++) {
        target[i] = mean + deviation * target[i];
      }
    }
  }

  /**
   * Uniform within ±gain·√(6 / (inputs + outputs)) of each block (X. Glorot, Y. Bengio,
   * "Understanding the difficulty of training deep feedforward neural networks", 2010, equation
   * 16): keeps the size of signals and gradients.
   *
   * @param gain 1 for tanh and sigmoid
   */
  record GlorotUniform(double gain) implements Initializer {
    /** Refuses a gain that is not positive, NaN and infinity. */
    public GlorotUniform {
      Checks.positive("Glorot initializer", "gain", gain);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      double bound = gain * Math.sqrt(6.0 / ((double) shape.rows() + shape.columns()));
      new Uniform(-bound, bound).fillBlock(target, offset, shape, block, random, stream);
    }
  }

  /**
   * Each block a random orthogonal matrix times the gain, uniformly distributed over all of them:
   * orthonormal columns where rows ≥ columns, else orthonormal rows (A. M. Saxe, J. L. McClelland,
   * S. Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
   * networks", 2013). A recurrent product with it neither grows nor shrinks a state.
   *
   * @param gain all singular values
   */
  record Orthogonal(double gain) implements Initializer {
    /** Refuses a gain that is not positive, NaN and infinity. */
    public Orthogonal {
      Checks.positive("Orthogonal initializer", "gain", gain);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      boolean wide = shape.rows() < shape.columns();
      int rows = Math.max(shape.rows(), shape.columns());
      int columns = Math.min(shape.rows(), shape.columns());
      double[] gaussian = new double[shape.blockCount()];
      random.fillGaussian(gaussian, 0, gaussian.length, stream, block);
      double[] q = HouseholderQr.orthonormalColumns(gaussian, rows, columns);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          target[offset + (wide ? j * rows + i : i * columns + j)] = gain * q[i * columns + j];
        }
      }
    }
  }
}
