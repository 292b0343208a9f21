package org.recur4j.examples.memory;

import java.util.List;
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
 * Temporal order (Hochreiter, Schmidhuber 1997, experiment 6a): among distracting symbols stand two
 * that matter, each x or y, the first in the second tenth of the sequence and the other in the
 * sixth. The answer is which two in which order: one of four classes.
 *
 * @param length T, at least 10; theirs was 100 to 110
 */
public record TemporalOrderProblem(int length) implements MemoryProblem {
  /** xx, xy, yx, yy. */
  public static final int CLASSES = 4;

  /** Four distractors, then what matters. */
  private static final String LETTERS = "abcdxy";

  private static final int RELEVANT = 4;
  private static final int BEGIN = 6;
  private static final int END = 7;
  private static final int VOCABULARY = 8;
  private static final int EMBEDDING = 16;
  private static final int TENTHS = 10;
  private static final int FIRST_TENTH = 1;
  private static final int SECOND_TENTH = 5;
  private static final int LONGEST_INPUT = 10_000;

  /** Checks the length. */
  public TemporalOrderProblem {
    Symbols.checkLength("temporal order", length, TENTHS);
  }

  @Override
  public String name() {
    return "temporal-order";
  }

  @Override
  public String description() {
    return "Say in which order two rare symbols came, long after (temporal order problem).";
  }

  @Override
  public TemporalOrderProblem withLength(int value) {
    return new TemporalOrderProblem(value);
  }

  @Override
  public InputForm input() {
    return new InputForm("LETTERS", "Letters a to d with x or y twice, such as abxcdabycd.");
  }

  @Override
  public NetworkForm form() {
    return NetworkForm.ofIndices(VOCABULARY, CLASSES, Topology.MANY_TO_ONE);
  }

  @Override
  public Network network(Backend backend, TaskSettings settings) {
    ManyToOneBuilder builder =
        Networks.manyToOne().seed(settings.seed()).embedding(VOCABULARY, EMBEDDING);
    for (int layer = 0; layer < settings.layers(); layer++) {
      builder.recurrent(settings.variant().cell().layer(settings.hidden()));
    }
    return builder.classes(CLASSES).build(backend);
  }

  @Override
  public Score score(Network network, List<Example> test) {
    return Score.share(
        "orders right",
        Trainer.evaluate(network, test).accuracy(),
        List.of(Reference.of("always the commonest", Symbols.commonestShare(test, CLASSES))),
        List.of());
  }

  @Override
  public Example read(String text) {
    int[] letters = Symbols.read(text, LETTERS, LONGEST_INPUT);
    int[] steps = new int[letters.length + 2];
    System.arraycopy(letters, 0, steps, 1, letters.length);
    steps[0] = BEGIN;
    steps[steps.length - 1] = END;
    int found = 0;
    int answer = 0;
    for (int letter : letters) {
      if (letter >= RELEVANT) {
        found++;
        answer = 2 * answer + letter - RELEVANT;
      }
    }
    if (found != 2) {
      throw Symbols.refusal(text, found + " letters x or y", "two of them");
    }
    return Example.classified(steps, answer);
  }

  @Override
  public String answer(float[] output) {
    int answer = Symbols.largest(output, 0, CLASSES);
    return "" + LETTERS.charAt(RELEVANT + answer / 2) + LETTERS.charAt(RELEVANT + answer % 2);
  }

  @Override
  public Example example(Draw draw) {
    int[] steps = new int[length];
    for (int t = 1; t < length - 1; t++) {
      steps[t] = draw.below(RELEVANT, t);
    }
    steps[0] = BEGIN;
    steps[length - 1] = END;
    int first = draw.below(2, length);
    int second = draw.below(2, length + 1);
    steps[place(draw, FIRST_TENTH, length + 2)] = RELEVANT + first;
    steps[place(draw, SECOND_TENTH, length + 3)] = RELEVANT + second;
    return Example.classified(steps, 2 * first + second);
  }

  private int place(Draw draw, int tenth, int drawn) {
    int from = tenth * length / TENTHS;
    int to = (tenth + 1) * length / TENTHS;
    return from + draw.below(to - from, drawn);
  }
}
