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
 * Makes parameters and fills them from counters: parameter n draws from stream n, so that one seed
 * gives the same bits on every backend.
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
   * Weights of one model.
   *
   * @param backend where they live
   * @param scope owns them
   * @param dataType a floating type
   * @param start what they start from
   * @param seed same seed, same bits
   */
  public ParameterFactory(
      Backend backend, Scope scope, DataType dataType, InitialWeights start, long seed) {
    this(backend, scope, dataType, WeightSource.drawn(start, seed));
  }

  /**
   * Weights of one model.
   *
   * @param backend where they live
   * @param scope owns them
   * @param dataType a floating type
   * @param beginning what they begin with
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
   * An embedding.
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
   * An embedding with a row of zeros.
   *
   * @param name as in the model file
   * @param vocabulary V
   * @param size E
   * @param zeroRow that row; −1 for none
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
   * The matrix of a dense layer.
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
   * The bias of a dense layer.
   *
   * @param name as in the model file
   * @param units O
   * @param inputs I, which bounds PyTorch's start
   * @return {@code [O]}
   */
  public Parameter denseBias(String name, int units, int inputs) {
    take(name, units);
    Initializer rule = choose(new Initializer.Zeros(), uniform(inputs));
    return vector(name, rule.doubles(WeightShape.matrix(units, 1), random, nextStream()));
  }

  /**
   * A vector of one number, e.g. the ones of a gain.
   *
   * @param name as in the model file
   * @param size how many
   * @param value of each, unless everything starts from zeros
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
   * Where the cell of one direction gets its parameters.
   *
   * @param wanted the layer's own rule
   * @return a source for one cell
   */
  public Parameters cell(RecurrentInitialization wanted) {
    return cell(wanted, "", "");
  }

  /**
   * Where the cell of one direction gets its parameters.
   *
   * @param wanted the layer's own rule
   * @param prefix of their names in the model file, for messages
   * @param suffix of their names in the model file, for messages
   * @return a source for one cell, under the cell's own names
   */
  public Parameters cell(RecurrentInitialization wanted, String prefix, String suffix) {
    boolean asNetwork = wanted.rule() == RecurrentInitialization.Rule.NETWORK;
    boolean pytorch = asNetwork && start == InitialWeights.PYTORCH;
    return new OfCell(pytorch ? RecurrentInitialization.pytorch() : wanted, prefix, suffix);
  }

  /**
   * One part of a trained initial state: zeros at first.
   *
   * @param name in the model file
   * @param directions D
   * @param size features of the part
   * @return {@code [D, size]}
   */
  public Parameter initialState(String name, int directions, int size) {
    take(name, directions, size);
    return matrix(name, WeightShape.matrix(directions, size), new Initializer.Zeros());
  }

  /** Before anything of that size is allocated. */
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

  /** A cell asks for its recurrent weights before its biases, which tells H. */
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
