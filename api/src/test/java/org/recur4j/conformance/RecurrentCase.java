package org.recur4j.conformance;

import java.util.List;
import java.util.Locale;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;

/** One point of the product of everything a recurrent plan can be asked. */
record RecurrentCase(
    Variant variant,
    Direction direction,
    int steps,
    int batch,
    int input,
    int hidden,
    Raggedness raggedness,
    boolean initial,
    Biases biases,
    boolean hiddenMask,
    DataType type) {
  /** The cells as users choose them and, at the end, some with other activations. */
  enum Variant {
    VANILLA_TANH,
    VANILLA_RELU,
    LSTM,
    GRU_RESET_AFTER,
    GRU_RESET_BEFORE,
    VANILLA_SOFTSIGN,
    LSTM_HARD_SIGMOID,
    LSTM_SOFTSIGN,
    GRU_RESET_AFTER_HARD_SIGMOID,
    GRU_RESET_BEFORE_SOFTSIGN;

    /** Those that every generated case is made for. */
    static final List<Variant> USUAL = List.of(values()).subList(0, 5);

    /** Those that a plan computes with the usual activations if it does not look. */
    static final List<Variant> UNUSUAL = List.of(values()).subList(5, 10);
  }

  /** As many as a plan might keep or unroll at a time. */
  static final int MANY_STEPS = 32;

  private static final Activation HARD_SIGMOID =
      new Activation(Activation.Kind.HARD_SIGMOID, 0.2, 0.5);

  /** How rows differ in length. */
  enum Raggedness {
    FULL,
    RAGGED,
    WITH_ONE,
    WITH_ZERO
  }

  RecurrentSpec spec() {
    RecurrentSpec.Builder builder =
        switch (variant) {
          case VANILLA_TANH -> RecurrentSpec.vanilla(input, hidden);
          case VANILLA_RELU -> RecurrentSpec.vanilla(input, hidden).activation(Activation.RELU);
          case LSTM -> RecurrentSpec.lstm(input, hidden);
          case GRU_RESET_AFTER -> RecurrentSpec.gru(input, hidden);
          case GRU_RESET_BEFORE ->
              RecurrentSpec.gru(input, hidden).reset(ResetVariant.BEFORE_PRODUCT);
          case VANILLA_SOFTSIGN ->
              RecurrentSpec.vanilla(input, hidden).activation(Activation.SOFTSIGN);
          case LSTM_HARD_SIGMOID -> RecurrentSpec.lstm(input, hidden).gateActivation(HARD_SIGMOID);
          case LSTM_SOFTSIGN -> RecurrentSpec.lstm(input, hidden).activation(Activation.SOFTSIGN);
          case GRU_RESET_AFTER_HARD_SIGMOID ->
              RecurrentSpec.gru(input, hidden).gateActivation(HARD_SIGMOID);
          case GRU_RESET_BEFORE_SOFTSIGN ->
              RecurrentSpec.gru(input, hidden)
                  .reset(ResetVariant.BEFORE_PRODUCT)
                  .activation(Activation.SOFTSIGN);
        };
    return builder
        .direction(direction)
        .biases(biases)
        .dataType(type)
        .hiddenMask(hiddenMask)
        .build();
  }

  /**
   * Whether it begins far from 0 and gates saturate: states grow beyond what a short case reaches.
   * (Not with ReLU, whose numbers are exact.)
   */
  boolean isFar() {
    return steps > MANY_STEPS && variant != Variant.VANILLA_RELU;
  }

  int[] lengths() {
    Numbers numbers = new Numbers(31L * steps + batch);
    int[] lengths = new int[batch];
    for (int b = 0; b < batch; b++) {
      lengths[b] = raggedness == Raggedness.FULL ? steps : 1 + numbers.below(steps);
    }
    if (raggedness == Raggedness.WITH_ONE) {
      lengths[batch / 2] = 1;
    } else if (raggedness == Raggedness.WITH_ZERO) {
      lengths[batch / 2] = 0;
    }
    return lengths;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s T=%d B=%d I=%d H=%d lengths=%s initial=%s biases=%s hiddenMask=%s %s",
        variant,
        direction,
        steps,
        batch,
        input,
        hidden,
        raggedness,
        initial,
        biases,
        hiddenMask,
        type);
  }
}
