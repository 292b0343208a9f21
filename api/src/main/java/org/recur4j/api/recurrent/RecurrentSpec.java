package org.recur4j.api.recurrent;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.tensor.DataType;

/**
 * What a plan computes. Made by {@link #vanilla}, {@link #lstm} or {@link #gru}, whose builders
 * start from PyTorch's defaults.
 *
 * @param cell which equations
 * @param activation φ: of the vanilla cell, or of the candidate (and the LSTM's output)
 * @param gateActivation σ of the gates; unused by the vanilla cell
 * @param reset the GRU's variant; unused by others
 * @param biases which bias vectors there are
 * @param direction which way
 * @param inputSize I
 * @param hiddenSize H
 * @param dataType FLOAT32 or FLOAT64
 * @param precision of the products
 * @param hiddenMask whether inputs carry a mask {@code [D, B, H]} on h′ before W_hh
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
  /** Checks sizes and type. */
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
   * G, the number of gate blocks.
   *
   * @return 1, 3 or 4
   */
  public int gates() {
    return cell.gates();
  }

  /**
   * D, the number of directions.
   *
   * @return 1 or 2
   */
  public int directions() {
    return direction.count();
  }

  /**
   * Features of the output.
   *
   * @return D·H
   */
  public int outputSize() {
    return directions() * hiddenSize;
  }

  /**
   * Whether states have a cell part.
   *
   * @return true for the LSTM
   */
  public boolean hasCellState() {
    return cell == CellKind.LSTM;
  }

  /**
   * A vanilla cell.
   *
   * @param inputSize I
   * @param hiddenSize H
   * @return a builder
   */
  public static Builder vanilla(int inputSize, int hiddenSize) {
    return new Builder(CellKind.VANILLA, inputSize, hiddenSize);
  }

  /**
   * An LSTM.
   *
   * @param inputSize I
   * @param hiddenSize H
   * @return a builder
   */
  public static Builder lstm(int inputSize, int hiddenSize) {
    return new Builder(CellKind.LSTM, inputSize, hiddenSize);
  }

  /**
   * A GRU.
   *
   * @param inputSize I
   * @param hiddenSize H
   * @return a builder
   */
  public static Builder gru(int inputSize, int hiddenSize) {
    return new Builder(CellKind.GRU, inputSize, hiddenSize);
  }

  /**
   * A builder that starts from this specification.
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

  /** Collects the choices; each method returns this builder. */
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
     * Sets φ; tanh unless set.
     *
     * @param value φ
     * @return this
     */
    public Builder activation(Activation value) {
      this.activation = value;
      return this;
    }

    /**
     * Sets σ; the logistic function unless set.
     *
     * @param value σ
     * @return this
     */
    public Builder gateActivation(Activation value) {
      this.gateActivation = value;
      return this;
    }

    /**
     * Sets the GRU's variant; after the product unless set.
     *
     * @param value the variant
     * @return this
     */
    public Builder reset(ResetVariant value) {
      this.reset = value;
      return this;
    }

    /**
     * Sets the biases; double unless set.
     *
     * @param value which biases
     * @return this
     */
    public Builder biases(Biases value) {
      this.biases = value;
      return this;
    }

    /**
     * Sets the direction; forward unless set.
     *
     * @param value which way
     * @return this
     */
    public Builder direction(Direction value) {
      this.direction = value;
      return this;
    }

    /**
     * Sets the type; FLOAT32 unless set.
     *
     * @param value a floating type
     * @return this
     */
    public Builder dataType(DataType value) {
      this.dataType = value;
      return this;
    }

    /**
     * Sets the products' precision; full unless set.
     *
     * @param value the precision
     * @return this
     */
    public Builder precision(Precision value) {
      this.precision = value;
      return this;
    }

    /**
     * Says whether inputs carry a hidden mask; they do not unless set.
     *
     * @param value true for variational recurrent dropout
     * @return this
     */
    public Builder hiddenMask(boolean value) {
      this.hiddenMask = value;
      return this;
    }

    /**
     * The specification.
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
