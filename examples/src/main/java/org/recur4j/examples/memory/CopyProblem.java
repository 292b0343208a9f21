package org.recur4j.examples.memory;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.SequenceTagger;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.Trainer;

/**
 * The copy problem (Hochreiter, Schmidhuber 1997, in the form of Arjovsky, Shah, Bengio 2016): some
 * symbols, a long pause, a signal, and then the symbols are to be said in their order. Only those
 * last steps are judged; who guesses is right once in {@link #SYMBOLS}.
 *
 * @param length T: symbols, pause, signal and answers together
 */
public record CopyProblem(int length) implements MemoryProblem {
  /** Different symbols. */
  public static final int SYMBOLS = 8;

  /** How many symbols are to be remembered. */
  public static final int REMEMBERED = 3;

  private static final String LETTERS = "abcdefgh";
  private static final int PAUSE = SYMBOLS;
  private static final int SIGNAL = SYMBOLS + 1;
  private static final int VOCABULARY = SYMBOLS + 2;
  private static final int EMBEDDING = 16;

  /** Checks the length. */
  public CopyProblem {
    Symbols.checkLength("copy problem", length, 2 * REMEMBERED);
  }

  @Override
  public String name() {
    return "copy";
  }

  @Override
  public String description() {
    return "Say symbols again, in their order, after a long pause (copy problem).";
  }

  @Override
  public CopyProblem withLength(int value) {
    return new CopyProblem(value);
  }

  @Override
  public InputForm input() {
    return new InputForm("LETTERS", REMEMBERED + " letters from a to h, such as cab.");
  }

  @Override
  public NetworkForm form() {
    return NetworkForm.ofIndices(VOCABULARY, SYMBOLS, Topology.MANY_TO_MANY);
  }

  @Override
  public Network network(Backend backend, TaskSettings settings) {
    // The network outlives its view as a tagger, which would close it.
    return SequenceTagger.create(backend, settings, VOCABULARY, EMBEDDING, SYMBOLS).network();
  }

  @Override
  public Score score(Network network, List<Example> test) {
    return Score.share(
        "symbols right",
        Trainer.evaluate(network, test).accuracy(),
        List.of(Reference.of("always the commonest", Symbols.commonestShare(test, SYMBOLS))),
        List.of());
  }

  @Override
  public Example read(String text) {
    int[] symbols = Symbols.read(text, LETTERS, REMEMBERED);
    if (symbols.length != REMEMBERED) {
      throw Symbols.refusal(text, symbols.length + " letters", REMEMBERED + " letters");
    }
    return sequence(symbols);
  }

  @Override
  public String answer(float[] output) {
    StringBuilder answer = new StringBuilder();
    for (int t = length - REMEMBERED; t < length; t++) {
      int symbol = Symbols.largest(output, t * SYMBOLS, (t + 1) * SYMBOLS);
      answer.append(LETTERS.charAt(symbol));
    }
    return answer.toString();
  }

  @Override
  public Example example(Draw draw) {
    int[] symbols = new int[REMEMBERED];
    for (int i = 0; i < REMEMBERED; i++) {
      symbols[i] = draw.below(SYMBOLS, i);
    }
    return sequence(symbols);
  }

  private Example sequence(int[] symbols) {
    int[] steps = new int[length];
    int[] answers = new int[length];
    Arrays.fill(steps, PAUSE);
    Arrays.fill(answers, -1);
    steps[length - REMEMBERED] = SIGNAL;
    System.arraycopy(symbols, 0, steps, 0, REMEMBERED);
    System.arraycopy(symbols, 0, answers, length - REMEMBERED, REMEMBERED);
    return Example.tagged(steps, answers);
  }
}
