package org.recur4j.examples.command;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.explain.Explanation;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.WholeSequenceBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The network of a blackboard: reads a word, one unit vector a letter, and has not learned anything
 * yet.
 */
@Command(name = "word", description = "Show a small, untrained network that reads a word.")
final class ExplainWordCommand implements Callable<Integer> {
  private static final int MOST_LETTERS = 100;

  private final Interruption interruption;

  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private FocusOption focus;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      defaultValue = "vanilla",
      description = "What remembers: vanilla, lstm or gru; ${DEFAULT-VALUE} without it.")
  private CellChoice cell;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      defaultValue = "4",
      description = "Size of the state; ${DEFAULT-VALUE} without it.")
  private int hidden;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the weights; ${DEFAULT-VALUE} without it.")
  private long seed;

  @Option(names = "--bidirectional", description = "Read from both ends.")
  private boolean bidirectional;

  @Option(names = "--once", description = "Answer once, after the last step, not at each.")
  private boolean once;

  @Parameters(
      paramLabel = "WORD",
      defaultValue = "abcab",
      description = "Each different letter is an input of its own; ${DEFAULT-VALUE} without it.")
  private String word;

  ExplainWordCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    int[] letters = Normalizer.normalize(word, Normalizer.Form.NFC).codePoints().toArray();
    if (letters.length == 0 || letters.length > MOST_LETTERS) {
      throw new InvalidArgumentException(
          "explain word", letters.length + " letters", "1 to " + MOST_LETTERS, "Give a short word");
    }
    Outputs outputs = focus.outputs(spec, null);
    int[] different = Arrays.stream(letters).distinct().toArray();
    float[][] steps = new float[letters.length][different.length];
    for (int t = 0; t < letters.length; t++) {
      for (int i = 0; i < different.length; i++) {
        steps[t][i] = letters[t] == different[i] ? 1 : 0;
      }
    }
    List<String> names = Arrays.stream(letters).mapToObj(Character::toString).toList();
    try (Backend opened = backend.open();
        Network network =
            once
                ? network(Networks.manyToOne(), different.length).build(opened)
                : network(Networks.manyToMany(), different.length).build(opened)) {
      return focus.explain(
          spec.commandLine().getOut(),
          outputs,
          interruption,
          wanted ->
              Explanation.of(
                  network,
                  SequenceBatch.ofFeatures(List.<float[][]>of(steps)),
                  wanted.inputs(names)));
    }
  }

  private <B extends WholeSequenceBuilder<B>> B network(B builder, int letters) {
    builder.features(letters).seed(seed);
    RecurrentLayerSpec recurrent = cell.layer(hidden);
    B complete = bidirectional ? builder.bidirectional(recurrent) : builder.recurrent(recurrent);
    return complete.classes(letters);
  }
}
