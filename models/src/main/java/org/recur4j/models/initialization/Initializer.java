package org.recur4j.models.initialization;

import java.util.Arrays;
import org.recur4j.api.random.Philox;

/**
 * An initializer of a parameter. The values depend only on the seed, the parameter's stream and the
 * shape, not on the backend, on other parameters or on the order in which a model is built. They
 * are computed in double precision and rounded for a float parameter, so that both types start from
 * the same values.
 *
 * <p>Block g uses step g of the stream; element i of a block, in row-major order, is draw i.
 */
public sealed interface Initializer {
  /**
   * Fills one block with initial values.
   *
   * @param target array whose rows · columns values from {@code offset}, row-major, are overwritten
   * @param offset first index of the block
   * @param shape shape of the whole parameter
   * @param block index of the block, from 0
   * @param random random numbers of the seed
   * @param stream random stream of the parameter, see {@link
   *     org.recur4j.api.random.RandomStream#INITIALIZATION}
   */
  void fillBlock(
      double[] target, int offset, WeightShape shape, int block, Philox random, long stream);

  /**
   * Returns the values of a whole parameter in double precision.
   *
   * @param shape shape of the parameter
   * @param random random numbers of the seed
   * @param stream random stream of the parameter
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
   * Returns the values of a whole parameter in single precision.
   *
   * @param shape shape of the parameter
   * @param random random numbers of the seed
   * @param stream random stream of the parameter
   * @return [blocks · rows, columns], row-major; the values of {@link #doubles}, rounded
   */
  default float[] floats(WeightShape shape, Philox random, long stream) {
    double[] values = doubles(shape, random, stream);
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /** Initializes all values to 0. */
  record Zeros() implements Initializer {
    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      new Constant(0).fillBlock(target, offset, shape, block, random, stream);
    }
  }

  /**
   * Initializes all values to a constant.
   *
   * @param value the constant
   */
  record Constant(double value) implements Initializer {
    /** Validates that the value is finite. */
    public Constant {
      InitializerArguments.finite("Constant initializer", "value", value);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      Arrays.fill(target, offset, offset + shape.blockCount(), value);
    }
  }

  /**
   * Initializes one block to a constant and the others to 0. The LSTM's forget bias (R. Jozefowicz,
   * W. Zaremba, I. Sutskever, "An empirical exploration of recurrent network architectures", 2015)
   * is block 1 of {@code bias_ih}.
   *
   * @param chosen index of the block, from 0
   * @param value the constant
   */
  record BlockConstant(int chosen, double value) implements Initializer {
    /** Validates that the block is not negative and the value is finite. */
    public BlockConstant {
      InitializerArguments.atLeastZero("Block constant initializer", "block", chosen);
      InitializerArguments.finite("Block constant initializer", "value", value);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      InitializerArguments.below("Block constant initializer", "block", chosen, shape.blocks());
      new Constant(block == chosen ? value : 0)
          .fillBlock(target, offset, shape, block, random, stream);
    }
  }

  /**
   * Initializes each block to a multiple of the identity matrix. With ReLU, this preserves the
   * state of a simple recurrent network (Q. V. Le, N. Jaitly, G. E. Hinton, "A simple way to
   * initialize recurrent networks of rectified linear units", 2015).
   *
   * @param gain value on the diagonal
   */
  record Identity(double gain) implements Initializer {
    /** Validates that the gain is finite. */
    public Identity {
      InitializerArguments.finite("Identity initializer", "gain", gain);
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
   * Draws values from the uniform distribution over [low, high).
   *
   * @param low lower bound, inclusive
   * @param high upper bound, exclusive
   */
  record Uniform(double low, double high) implements Initializer {
    /** Validates that the bounds are finite and low is below high. */
    public Uniform {
      InitializerArguments.finite("Uniform initializer", "low", low);
      InitializerArguments.finite("Uniform initializer", "high", high);
      InitializerArguments.ordered("Uniform initializer", low, high);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      random.fillUniform(target, offset, shape.blockCount(), stream, block, low, high);
    }
  }

  /**
   * Draws values from the uniform distribution over ±1/√rows, PyTorch's rule for all parameters of
   * a recurrent layer, whose blocks have H rows.
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
   * Draws values from a normal distribution.
   *
   * @param mean mean
   * @param deviation standard deviation, above 0
   */
  record Gaussian(double mean, double deviation) implements Initializer {
    /** Validates that mean and deviation are finite and the deviation is positive. */
    public Gaussian {
      InitializerArguments.finite("Gaussian initializer", "mean", mean);
      InitializerArguments.positive("Gaussian initializer", "deviation", deviation);
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
   * Draws values from the uniform distribution over ±gain·√(6 / (inputs + outputs)) of each block
   * (X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
   * networks", 2010, equation 16), which preserves the scale of activations and gradients.
   *
   * @param gain scaling factor, above 0; 1 for tanh and sigmoid
   */
  record GlorotUniform(double gain) implements Initializer {
    /** Validates that the gain is finite and positive. */
    public GlorotUniform {
      InitializerArguments.positive("Glorot initializer", "gain", gain);
    }

    @Override
    public void fillBlock(
        double[] target, int offset, WeightShape shape, int block, Philox random, long stream) {
      double bound = gain * Math.sqrt(6.0 / ((double) shape.rows() + shape.columns()));
      new Uniform(-bound, bound).fillBlock(target, offset, shape, block, random, stream);
    }
  }

  /**
   * Initializes each block to a random orthogonal matrix times the gain, uniformly distributed over
   * all orthogonal matrices: orthonormal columns if rows ≥ columns, else orthonormal rows (A. M.
   * Saxe, J. L. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of learning in
   * deep linear neural networks", 2013). With gain 1, the recurrent product preserves the norm of a
   * state.
   *
   * @param gain value of all singular values, above 0
   */
  record Orthogonal(double gain) implements Initializer {
    /** Validates that the gain is finite and positive. */
    public Orthogonal {
      InitializerArguments.positive("Orthogonal initializer", "gain", gain);
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
