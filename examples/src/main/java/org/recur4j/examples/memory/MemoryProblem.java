package org.recur4j.examples.memory;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.HashSplit;
import org.recur4j.models.network.Network;

/** A source of sequences whose answer depends on steps long ago. */
public sealed interface MemoryProblem permits AddingProblem, CopyProblem, TemporalOrderProblem {
  /**
   * The word on the command line.
   *
   * @return lower case letters and hyphens
   */
  String name();

  /**
   * What has to be remembered.
   *
   * @return one sentence
   */
  String description();

  /**
   * How long its sequences are.
   *
   * @return T
   */
  int length();

  /**
   * The same problem with other sequences.
   *
   * @param value T
   * @return the problem
   * @throws InvalidArgumentException if the length leaves nothing to remember
   */
  MemoryProblem withLength(int value);

  /**
   * What a person types to ask a model.
   *
   * @return label and explanation
   */
  InputForm input();

  /**
   * What its networks read and answer.
   *
   * @return the form, the same for every length
   */
  NetworkForm form();

  /**
   * A network for it with fresh weights.
   *
   * @param backend where it lives
   * @param settings cell, sizes, seed
   * @return the network; close it
   */
  Network network(Backend backend, TaskSettings settings);

  /**
   * How well a network does, beside what it takes no memory to reach.
   *
   * @param network trained
   * @param test what it is asked
   * @return the figure
   */
  Score score(Network network, List<Example> test);

  /**
   * A sequence as a person types it.
   *
   * @param text in the form of {@link #input()}
   * @return the sequence; its answer is the right one where the text says it
   * @throws org.recur4j.models.data.DataException if the text is something else
   */
  Example read(String text);

  /**
   * What a network says.
   *
   * @param output its probabilities or values
   * @return for a person
   */
  String answer(float[] output);

  /**
   * One sequence.
   *
   * @param draw its random numbers
   * @return the sequence with its answer
   */
  Example example(Draw draw);

  /**
   * Sequences with their answers; the same seed gives the same, and the first of many are the few.
   *
   * @param seed any number
   * @param part each draws from numbers of its own
   * @param count at least 1
   * @return the sequences
   */
  default List<Example> examples(long seed, HashSplit.Part part, int count) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(example(Draw.of(seed, part, i)));
    }
    return examples;
  }
}
