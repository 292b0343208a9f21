package org.recur4j.examples.memory;

import java.util.List;
import java.util.Locale;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.ManyToOneBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;

/**
 * The adding problem (Hochreiter, Schmidhuber 1997, experiment 4, in the form of Le, Jaitly, Hinton
 * 2015): each step holds a number drawn from [0, 1) and a marker; one step of the first half and
 * one of the second are marked 1, the others 0. The answer is the sum of the two marked numbers.
 *
 * <p>Who always answers 1 has an expected squared error of 1/6, the variance of the sum of two such
 * numbers.
 *
 * @param length T, at least 2
 */
public record AddingProblem(int length) implements MemoryProblem {
  private static final int FEATURES = 2;
  private static final int LONGEST_INPUT = 10_000;

  /** Checks the length. */
  public AddingProblem {
    Symbols.checkLength("adding problem", length, 2);
  }

  @Override
  public String name() {
    return "adding";
  }

  @Override
  public String description() {
    return "Add the two marked numbers of a long series (adding problem).";
  }

  @Override
  public AddingProblem withLength(int value) {
    return new AddingProblem(value);
  }

  @Override
  public InputForm input() {
    return new InputForm(
        "NUMBERS", "Numbers from 0 to 1 in quotes, two of them marked: \"0.3 0.8* 0.1 0.5*\".");
  }

  @Override
  public NetworkForm form() {
    return NetworkForm.ofFeatures(FEATURES, 1, Topology.MANY_TO_ONE);
  }

  @Override
  public Network network(Backend backend, TaskSettings settings) {
    ManyToOneBuilder builder = Networks.manyToOne().seed(settings.seed()).features(FEATURES);
    for (int layer = 0; layer < settings.layers(); layer++) {
      builder.recurrent(settings.variant().cell().layer(settings.hidden()));
    }
    return builder.values(1).build(backend);
  }

  @Override
  public Score score(Network network, List<Example> test) {
    double guessing =
        test.stream().mapToDouble(e -> Math.pow(e.values()[0][0] - 1, 2)).average().orElseThrow();
    return Score.error(
        "mean squared error",
        Trainer.evaluate(network, test).loss(),
        List.of(Reference.of("always 1", guessing)),
        List.of());
  }

  @Override
  public Example read(String text) {
    String[] numbers = text.strip().split("\\s+", LONGEST_INPUT + 1);
    float[][] steps = new float[numbers.length][FEATURES];
    int marked = 0;
    float sum = 0;
    for (int t = 0; t < numbers.length; t++) {
      boolean mark = numbers[t].endsWith("*");
      steps[t][0] = number(text, mark ? numbers[t].replaceFirst("\\*$", "") : numbers[t]);
      steps[t][1] = mark ? 1 : 0;
      marked += mark ? 1 : 0;
      sum += mark ? steps[t][0] : 0;
    }
    if (marked != 2 || numbers.length > LONGEST_INPUT) {
      throw Symbols.refusal(
          text,
          numbers.length + " numbers, " + marked + " marked",
          "up to " + LONGEST_INPUT + " numbers, two of them with a star");
    }
    return Example.valued(steps, new float[] {sum});
  }

  private static float number(String text, String number) {
    try {
      float value = Float.parseFloat(number);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw Symbols.refusal(text, "'" + number + "'", "numbers from 0 to 1");
  }

  @Override
  public String answer(float[] output) {
    return String.format(Locale.ROOT, "%.3f", output[0]);
  }

  @Override
  public Example example(Draw draw) {
    float[][] steps = new float[length][FEATURES];
    for (int t = 0; t < length; t++) {
      steps[t][0] = draw.uniform(t);
    }
    int half = length / 2;
    int first = draw.below(half, 0);
    int second = half + draw.below(length - half, 1);
    steps[first][1] = 1;
    steps[second][1] = 1;
    return Example.valued(steps, new float[] {steps[first][0] + steps[second][0]});
  }
}
