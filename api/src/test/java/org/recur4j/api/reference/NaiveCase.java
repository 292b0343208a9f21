package org.recur4j.api.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;

/**
 * A specification with random weights, inputs and output gradients. Padding of x and dy is NaN.
 *
 * @param spec what
 * @param weights per direction
 * @param input x, lengths, states, mask
 * @param dy ∂L/∂y
 * @param dLastHidden ∂L/∂(last hidden)
 * @param dLastCell ∂L/∂(last cell), null unless LSTM
 */
public record NaiveCase(
    RecurrentSpec spec,
    List<NaiveWeights> weights,
    NaiveInput input,
    double[] dy,
    double[] dLastHidden,
    double[] dLastCell) {
  private static final int[] RAGGED = {3, 5, 0, 1};

  /** Every cell and variant, direction, kind of biases, ragged or full, masked or not. */
  public static List<NaiveCase> all() {
    List<RecurrentSpec.Builder> cells =
        List.of(
            RecurrentSpec.vanilla(3, 4),
            RecurrentSpec.vanilla(2, 3).activation(Activation.SOFTSIGN),
            RecurrentSpec.lstm(3, 4),
            RecurrentSpec.lstm(1, 2)
                .gateActivation(new Activation(Activation.Kind.HARD_SIGMOID, 0.2, 0.5)),
            RecurrentSpec.gru(3, 4),
            RecurrentSpec.gru(3, 4).reset(ResetVariant.BEFORE_PRODUCT));
    List<NaiveCase> cases = new ArrayList<>();
    for (RecurrentSpec.Builder cell : cells) {
      for (Direction direction : Direction.values()) {
        for (Biases biases : Biases.values()) {
          for (boolean ragged : new boolean[] {false, true}) {
            for (boolean masked : new boolean[] {false, true}) {
              RecurrentSpec spec =
                  cell.direction(direction)
                      .biases(biases)
                      .hiddenMask(masked)
                      .dataType(DataType.FLOAT64)
                      .build();
              cases.add(of(spec, 5, ragged ? RAGGED : null, masked == ragged, cases.size()));
            }
          }
        }
      }
    }
    return cases;
  }

  /** One case; a batch of 4 rows. */
  public static NaiveCase of(
      RecurrentSpec spec, int steps, int[] lengths, boolean initial, long seed) {
    Random random = new Random(seed);
    int batch = RAGGED.length;
    int rows = spec.gates() * spec.hiddenSize();
    List<NaiveWeights> weights = new ArrayList<>();
    for (int d = 0; d < spec.directions(); d++) {
      weights.add(
          new NaiveWeights(
              numbers(random, rows * spec.inputSize()),
              numbers(random, rows * spec.hiddenSize()),
              spec.biases() == Biases.NONE ? null : numbers(random, rows),
              spec.biases() == Biases.DOUBLE ? numbers(random, rows) : null));
    }
    int state = spec.directions() * batch * spec.hiddenSize();
    boolean lstm = spec.hasCellState();
    double[] x = numbers(random, steps * batch * spec.inputSize());
    double[] dy = numbers(random, steps * batch * spec.outputSize());
    spoil(x, steps, batch, lengths);
    spoil(dy, steps, batch, lengths);
    NaiveInput input =
        new NaiveInput(
            steps,
            batch,
            x,
            lengths,
            initial ? numbers(random, state) : null,
            initial && lstm ? numbers(random, state) : null,
            spec.hiddenMask() ? numbers(random, state) : null);
    return new NaiveCase(
        spec, weights, input, dy, numbers(random, state), lstm ? numbers(random, state) : null);
  }

  private static double[] numbers(Random random, int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private static void spoil(double[] values, int steps, int batch, int[] lengths) {
    int width = values.length / steps / batch;
    for (int i = 0; lengths != null && i < values.length; i++) {
      if (i / width / batch >= lengths[i / width % batch]) {
        values[i] = Double.NaN;
      }
    }
  }

  @Override
  public String toString() {
    return spec.cell()
        + " "
        + spec.activation()
        + " "
        + spec.reset()
        + " "
        + spec.direction()
        + " "
        + spec.biases()
        + (input.lengths() == null ? " full" : " ragged")
        + (spec.hiddenMask() ? " masked" : "")
        + (input.initialHidden() == null ? "" : " from a state");
  }
}
