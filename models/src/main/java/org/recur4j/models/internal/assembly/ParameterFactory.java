package org.recur4j.models.internal.assembly;

import java.util.Arrays;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.initialization.Initializer;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.initialization.WeightShape;

/**
 * Creates and initializes parameters. Parameter n uses random stream n, so that a seed gives the
 * same bits on every backend.
 */
public final class ParameterFactory {
  private final Backend backend;
  private final Scope scope;
  private final DataType dataType;
  private final InitialWeights start;
  private final StoredShapes stored;
  private final Philox random;
  private int made;

  /**
   * Creates a factory for the parameters of one model.
   *
   * @param backend the backend
   * @param scope the owner of the parameters
   * @param dataType a floating type
   * @param initialWeights the initialization
   * @param seed the seed
   */
  public ParameterFactory(
      Backend backend, Scope scope, DataType dataType, InitialWeights initialWeights, long seed) {
    this(backend, scope, dataType, WeightSource.drawn(initialWeights, seed));
  }

  /**
   * Creates a factory for the parameters of one model.
   *
   * @param backend the backend
   * @param scope the owner of the parameters
   * @param dataType a floating type
   * @param beginning the initial weights
   */
  public ParameterFactory(Backend backend, Scope scope, DataType dataType, WeightSource beginning) {
    this.backend = backend;
    this.scope = scope;
    this.dataType = dataType;
    this.start = beginning.start();
    this.stored = beginning.stored();
    this.random = new Philox(beginning.seed());
  }

  /**
   * Creates an embedding table.
   *
   * @param name as in the model file
   * @param vocabulary V
   * @param size E
   * @return {@code [V, E]}
   */
  public Parameter table(String name, int vocabulary, int size) {
    return table(name, vocabulary, size, -1);
  }

  /**
   * Creates an embedding table with a row of zeros.
   *
   * @param name as in the model file
   * @param vocabulary V
   * @param size E
   * @param zeroRow the row of zeros; −1 for none
   * @return {@code [V, E]}
   */
  public Parameter table(String name, int vocabulary, int size, int zeroRow) {
    take(name, vocabulary, size);
    Initializer rule =
        start == InitialWeights.ZEROS ? new Initializer.Zeros() : new Initializer.Gaussian(0, 1);
    double[] values = rule.doubles(WeightShape.matrix(vocabulary, size), random, nextStream());
    if (zeroRow >= 0) {
      Arrays.fill(values, zeroRow * size, (zeroRow + 1) * size, 0);
    }
    return upload(name, values, Shape.of(vocabulary, size));
  }

  /**
   * Creates the matrix of a dense layer.
   *
   * @param name as in the model file
   * @param units O
   * @param inputs I
   * @return {@code [O, I]}
   */
  public Parameter dense(String name, int units, int inputs) {
    take(name, units, inputs);
    Initializer rule = choose(new Initializer.GlorotUniform(1), uniform(inputs));
    return matrix(name, WeightShape.matrix(units, inputs), rule);
  }

  /**
   * Creates the bias of a dense layer.
   *
   * @param name as in the model file
   * @param units O
   * @param inputs I, which bounds PyTorch's initialization
   * @return {@code [O]}
   */
  public Parameter denseBias(String name, int units, int inputs) {
    take(name, units);
    Initializer rule = choose(new Initializer.Zeros(), uniform(inputs));
    return vector(name, rule.doubles(WeightShape.matrix(units, 1), random, nextStream()));
  }

  /**
   * Creates a vector of equal numbers, for example the ones of a gain.
   *
   * @param name as in the model file
   * @param size number of elements
   * @param value value of the elements, unless all weights are initialized to zeros
   * @return {@code [size]}
   */
  public Parameter constant(String name, int size, double value) {
    take(name, size);
    nextStream();
    double[] values = new double[size];
    Arrays.fill(values, start == InitialWeights.ZEROS ? 0 : value);
    return vector(name, values);
  }

  /**
   * Returns the source of the parameters of one direction's cell.
   *
   * @param wanted the initialization of the layer
   * @return the source for one cell
   */
  public Parameters cell(RecurrentInitialization wanted) {
    return cell(wanted, "", "");
  }

  /**
   * Returns the source of the parameters of one direction's cell.
   *
   * @param wanted the initialization of the layer
   * @param prefix prefix of their names in the model file, for messages
   * @param suffix suffix of their names in the model file, for messages
   * @return the source for one cell, with the cell's own names
   */
  public Parameters cell(RecurrentInitialization wanted, String prefix, String suffix) {
    boolean asNetwork = wanted.rule() == RecurrentInitialization.Rule.NETWORK;
    boolean pytorch = asNetwork && start == InitialWeights.PYTORCH;
    return new OfCell(pytorch ? RecurrentInitialization.pytorch() : wanted, prefix, suffix);
  }

  /**
   * Creates one part of a trained initial state, initialized to zeros.
   *
   * @param name in the model file
   * @param directions D
   * @param size number of features of the part
   * @return {@code [D, size]}
   */
  public Parameter initialState(String name, int directions, int size) {
    take(name, directions, size);
    return matrix(name, WeightShape.matrix(directions, size), new Initializer.Zeros());
  }

  /** Checks a shape against the stored tensors, before it is allocated. */
  private void take(String name, long... shape) {
    if (stored != null) {
      stored.take(name, shape);
    }
  }

  private Initializer unlessZero(Initializer rule) {
    return start == InitialWeights.ZEROS ? new Initializer.Zeros() : rule;
  }

  private static Initializer uniform(int fan) {
    double bound = 1 / Math.sqrt(fan);
    return new Initializer.Uniform(-bound, bound);
  }

  private Initializer choose(Initializer standard, Initializer pytorch) {
    return switch (start) {
      case STANDARD -> standard;
      case PYTORCH -> pytorch;
      case ZEROS -> new Initializer.Zeros();
    };
  }

  private long nextStream() {
    return RandomStream.INITIALIZATION.at(made++);
  }

  private Parameter matrix(String name, WeightShape shape, Initializer rule) {
    double[] values = rule.doubles(shape, random, nextStream());
    return upload(name, values, Shape.of(shape.blocks() * shape.rows(), shape.columns()));
  }

  private Parameter vector(String name, double[] values) {
    return upload(name, values, Shape.of(values.length));
  }

  private Parameter upload(String name, double[] values, Shape shape) {
    Tensor tensor = scope.create(dataType, shape);
    backend.upload(values, 0, tensor);
    return new Parameter(name, tensor);
  }

  /**
   * The parameters of a cell, which creates recurrent weights before biases, so that H is known.
   */
  private final class OfCell implements Parameters {
    private final RecurrentInitialization rules;
    private final String prefix;
    private final String suffix;
    private int hiddenSize;

    OfCell(RecurrentInitialization rules, String prefix, String suffix) {
      this.rules = rules;
      this.prefix = prefix;
      this.suffix = suffix;
    }

    private void takeOfCell(String name, long... shape) {
      take(prefix + name + suffix, shape);
    }

    @Override
    public Parameter input(String name, int gates, int rows, int columns) {
      takeOfCell(name, (long) gates * rows, columns);
      hiddenSize = rows;
      return matrix(name, new WeightShape(gates, rows, columns), unlessZero(rules.inputWeights()));
    }

    @Override
    public Parameter recurrent(String name, int gates, int size) {
      takeOfCell(name, (long) gates * size, size);
      hiddenSize = size;
      return matrix(name, new WeightShape(gates, size, size), unlessZero(rules.recurrentWeights()));
    }

    @Override
    public Parameter bias(String name, float... values) {
      takeOfCell(name, values.length);
      if (start != InitialWeights.ZEROS && rules.rule() == RecurrentInitialization.Rule.PYTORCH) {
        int fan = hiddenSize > 0 ? hiddenSize : values.length;
        return vector(
            name, uniform(fan).doubles(WeightShape.matrix(values.length, 1), random, nextStream()));
      }
      nextStream();
      double[] wanted = new double[values.length];
      for (int i = 0; i < values.length && start != InitialWeights.ZEROS; i++) {
        wanted[i] = values[i];
      }
      return vector(name, wanted);
    }
  }
}
