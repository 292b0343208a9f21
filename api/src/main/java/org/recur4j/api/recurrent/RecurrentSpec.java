package org.recur4j.api.recurrent;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.tensor.DataType;

/**
 * The specification of a recurrent plan. Made by {@link #vanilla}, {@link #lstm} or {@link #gru},
 * whose builders start from PyTorch's defaults.
 *
 * @param cell the kind of cell
 * @param activation φ of the vanilla cell, or of the candidate (and of the LSTM's output)
 * @param gateActivation σ of the gates; unused by the vanilla cell
 * @param reset the variant of the GRU; unused by other cells
 * @param biases the bias vectors
 * @param direction the direction
 * @param inputSize I
 * @param hiddenSize H
 * @param dataType FLOAT32 or FLOAT64
 * @param precision the precision of the products
 * @param hiddenMask whether inputs have a mask {@code [D, B, H]} that multiplies h′ before W_hh
 */
public record RecurrentSpec(
    CellKind cell,
    Activation activation,
    Activation gateActivation,
    ResetVariant reset,
    Biases biases,
    Direction direction,
    int inputSize,
    int hiddenSize,
    DataType dataType,
    Precision precision,
    boolean hiddenMask) {
  /** Checks the sizes and the data type. */
  public RecurrentSpec {
    if (inputSize < 1 || hiddenSize < 1) {
      throw new InvalidArgumentException(
          "RecurrentSpec",
          "input size " + inputSize + ", hidden size " + hiddenSize,
          "both at least 1",
          "Set inputSize and hiddenSize");
    }
    if (!dataType.isFloating()) {
      throw new InvalidArgumentException(
          "RecurrentSpec", dataType.toString(), "FLOAT32 or FLOAT64", "Choose a floating type");
    }
  }

  /**
   * Returns G, the number of gate blocks.
   *
   * @return 1, 3 or 4
   */
  public int gates() {
    return cell.gates();
  }

  /**
   * Returns D, the number of directions.
   *
   * @return 1 or 2
   */
  public int directions() {
    return direction.count();
  }

  /**
   * Returns the number of features of the output.
   *
   * @return D·H
   */
  public int outputSize() {
    return directions() * hiddenSize;
  }

  /**
   * Returns whether states have a cell part.
   *
   * @return true for the LSTM
   */
  public boolean hasCellState() {
    return cell == CellKind.LSTM;
  }

  /**
   * Returns a builder for a vanilla cell.
   *
   * @param inputSize I
   * @param hiddenSize H
   * @return a builder
   */
  public static Builder vanilla(int inputSize, int hiddenSize) {
    return new Builder(CellKind.VANILLA, inputSize, hiddenSize);
  }

  /**
   * Returns a builder for an LSTM.
   *
   * @param inputSize I
   * @param hiddenSize H
   * @return a builder
   */
  public static Builder lstm(int inputSize, int hiddenSize) {
    return new Builder(CellKind.LSTM, inputSize, hiddenSize);
  }

  /**
   * Returns a builder for a GRU.
   *
   * @param inputSize I
   * @param hiddenSize H
   * @return a builder
   */
  public static Builder gru(int inputSize, int hiddenSize) {
    return new Builder(CellKind.GRU, inputSize, hiddenSize);
  }

  /**
   * Returns a builder that starts from this specification.
   *
   * @return a builder with every field copied
   */
  public Builder toBuilder() {
    Builder builder = new Builder(cell, inputSize, hiddenSize);
    builder.activation = activation;
    builder.gateActivation = gateActivation;
    builder.reset = reset;
    builder.biases = biases;
    builder.direction = direction;
    builder.dataType = dataType;
    builder.precision = precision;
    builder.hiddenMask = hiddenMask;
    return builder;
  }

  /** A builder of specifications; each method returns this builder. */
  public static final class Builder {
    private final CellKind cell;
    private final int inputSize;
    private final int hiddenSize;
    private Activation activation = Activation.TANH;
    private Activation gateActivation = Activation.SIGMOID;
    private ResetVariant reset = ResetVariant.AFTER_PRODUCT;
    private Biases biases = Biases.DOUBLE;
    private Direction direction = Direction.FORWARD;
    private DataType dataType = DataType.FLOAT32;
    private Precision precision = Precision.FULL;
    private boolean hiddenMask;

    private Builder(CellKind cell, int inputSize, int hiddenSize) {
      this.cell = cell;
      this.inputSize = inputSize;
      this.hiddenSize = hiddenSize;
    }

    /**
     * Sets φ; the default is tanh.
     *
     * @param value φ
     * @return this
     */
    public Builder activation(Activation value) {
      this.activation = value;
      return this;
    }

    /**
     * Sets σ; the default is the logistic function.
     *
     * @param value σ
     * @return this
     */
    public Builder gateActivation(Activation value) {
      this.gateActivation = value;
      return this;
    }

    /**
     * Sets the variant of the GRU; the default is after the product.
     *
     * @param value the variant
     * @return this
     */
    public Builder reset(ResetVariant value) {
      this.reset = value;
      return this;
    }

    /**
     * Sets the biases; the default is double.
     *
     * @param value the bias vectors
     * @return this
     */
    public Builder biases(Biases value) {
      this.biases = value;
      return this;
    }

    /**
     * Sets the direction; the default is forward.
     *
     * @param value the direction
     * @return this
     */
    public Builder direction(Direction value) {
      this.direction = value;
      return this;
    }

    /**
     * Sets the data type; the default is FLOAT32.
     *
     * @param value a floating type
     * @return this
     */
    public Builder dataType(DataType value) {
      this.dataType = value;
      return this;
    }

    /**
     * Sets the precision of the products; the default is full.
     *
     * @param value the precision
     * @return this
     */
    public Builder precision(Precision value) {
      this.precision = value;
      return this;
    }

    /**
     * Sets whether inputs have a hidden mask; the default is no mask.
     *
     * @param value true for variational recurrent dropout
     * @return this
     */
    public Builder hiddenMask(boolean value) {
      this.hiddenMask = value;
      return this;
    }

    /**
     * Builds the specification.
     *
     * @return a validated specification
     * @throws InvalidArgumentException if a size is below 1 or the type is not floating
     */
    public RecurrentSpec build() {
      return new RecurrentSpec(
          cell,
          activation,
          gateActivation,
          reset,
          biases,
          direction,
          inputSize,
          hiddenSize,
          dataType,
          precision,
          hiddenMask);
    }
  }
}
