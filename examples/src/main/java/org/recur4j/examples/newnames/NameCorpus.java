package org.recur4j.examples.newnames;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.recur4j.examples.names.NameData;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.LabeledText;

/**
 * Names as sequences of symbols. The vocabulary's padding, which no character has, begins a name as
 * an input and ends it as an answer.
 *
 * @param training what is learned from
 * @param validation what choices are made on
 * @param test what is looked at once, at the end
 */
record NameCorpus(List<String> training, List<String> validation, List<String> test) {
  /** The lists that come with the examples, each part a list of names without their labels. */
  static NameCorpus load(int step) {
    NameData data = NameData.load();
    return new NameCorpus(
        every(step, data.training()), every(step, data.validation()), every(step, data.test()));
  }

  private static List<String> every(int step, List<LabeledText> names) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < names.size(); i += step) {
      some.add(names.get(i).text());
    }
    return some;
  }

  /** All names there are, so that a new one can be told from them. */
  static Set<String> known() {
    NameCorpus all = load(1);
    Set<String> known = new HashSet<>(all.training());
    known.addAll(all.validation());
    known.addAll(all.test());
    return known;
  }

  /** A name with its boundary: what is read and what is to be said at each step. */
  static Example example(int[] encoded, int boundary) {
    int[] inputs = new int[encoded.length + 1];
    int[] answers = new int[encoded.length + 1];
    inputs[0] = boundary;
    System.arraycopy(encoded, 0, inputs, 1, encoded.length);
    System.arraycopy(encoded, 0, answers, 0, encoded.length);
    answers[encoded.length] = boundary;
    return Example.tagged(inputs, answers);
  }
}
