package org.recur4j.models.training;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.network.Answer;
import org.recur4j.models.network.Architecture;
import org.recur4j.models.network.Topology;

/**
 * What a network and its loss demand of an example. Everything is read here that a batch could
 * otherwise be refused for, so that no refusal depends on which examples meet in a batch.
 *
 * @param architecture the network
 * @param loss what its answers are measured by
 */
record ExampleRules(Architecture architecture, Loss loss) {
  /**
   * Checks an example.
   *
   * @param name what messages call it
   * @return the weight of its answers in the loss; 0 where none counts
   */
  double check(Example example, String name) {
    checkInputs(example, name);
    checkAnswers(example, name);
    double weight = 0;
    for (int t = 0; t < example.answers(); t++) {
      if (counts(example, t)) {
        weight += example.labels() == null ? 1 : loss.weight(example.labels()[t]);
      }
    }
    return weight;
  }

  private void checkInputs(Example example, String name) {
    boolean indices = architecture.readsIndices();
    if ((example.indices() != null) != indices) {
      throw refuse(
          (indices ? "vectors in " : "indices in ") + name,
          indices ? "indices, as the network's embedding reads" : "vectors, as the network reads");
    }
    int real = 0;
    for (int t = 0; t < example.steps(); t++) {
      if (example.isReal(t)) {
        real++;
        if (indices) {
          checkIndex(example.indices()[t], t, name);
        } else {
          checkVector(example.features()[t], t, name);
        }
      }
    }
    if (architecture.topology() == Topology.ONE_TO_ONE && real != 1) {
      throw refuse(real + " steps in " + name, "exactly one, as a one-to-one network reads");
    }
  }

  private void checkIndex(int index, int step, String name) {
    if (index < -1 || index >= architecture.vocabulary()) {
      throw refuse(
          "index " + index + " at step " + step + " of " + name,
          "an index in [-1, " + architecture.vocabulary() + "), where -1 reads as zeros");
    }
  }

  private void checkVector(float[] vector, int step, String name) {
    if (vector == null || vector.length != architecture.features()) {
      throw refuse(
          (vector == null ? "no vector" : vector.length + " features")
              + " at step "
              + step
              + " of "
              + name,
          architecture.features() + " features, as the network reads");
    }
    for (float feature : vector) {
      if (!Float.isFinite(feature)) {
        throw refuse(
            "the feature " + feature + " at step " + step + " of " + name, "finite numbers");
      }
    }
  }

  private void checkAnswers(Example example, String name) {
    Answer answer = architecture.answer();
    boolean classes = answer == Answer.CLASSES;
    if ((example.labels() != null) != classes) {
      throw refuse(
          (classes ? "numbers" : "a class") + " in " + name,
          switch (answer) {
            case CLASSES -> "a class, as Example.classified and tagged give";
            case LABELS -> "labels as 0 and 1, as Example.labelled gives";
            case VALUES -> "values, as Example.valued gives";
          });
    }
    int expected = isAligned() ? example.steps() : 1;
    if (example.answers() != expected) {
      throw refuse(example.answers() + " answers in " + name, "" + expected);
    }
    for (int t = 0; t < expected; t++) {
      String place = isAligned() ? " at step " + t + " of " + name : " in " + name;
      if (classes) {
        checkLabel(example.labels()[t], place);
      } else if (!isAligned() || example.isReal(t)) {
        checkNumbers(example.values()[t], place);
      }
    }
  }

  private void checkLabel(int label, String place) {
    int classes = architecture.outputs();
    if (label < (isAligned() ? -1 : 0) || label >= classes) {
      throw refuse(
          "label " + label + place,
          "a class in [0, "
              + classes
              + ")"
              + (isAligned() ? ", or -1 where a step does not count" : ""));
    }
  }

  private void checkNumbers(float[] numbers, String place) {
    if (numbers == null) {
      if (isAligned()) {
        return;
      }
      throw refuse("no numbers" + place, "the answer of the sequence");
    }
    int expected = loss.targets(architecture.outputs());
    if (numbers.length != expected) {
      throw refuse(numbers.length + " numbers" + place, "" + expected);
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw refuse("the number " + number + place, "finite numbers");
      }
      if (architecture.answer() == Answer.LABELS && (number < 0 || number > 1)) {
        throw refuse("the label " + number + place, "0 for no or 1 for yes");
      }
    }
  }

  /** Checks the examples of one batch, which messages number from 0. */
  void checkAll(List<Example> examples) {
    for (int i = 0; i < examples.size(); i++) {
      check(examples.get(i), "example " + i);
    }
  }

  /** Whether the loss reads an answer: it is there, and no mask leaves its step out. */
  boolean counts(Example example, int answer) {
    boolean there =
        example.labels() == null ? example.values()[answer] != null : example.labels()[answer] >= 0;
    return there && (!isAligned() || example.isReal(answer));
  }

  boolean isAligned() {
    return architecture.topology().isAligned();
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException(
        "training", got, expected, "Make the examples as the network needs them");
  }
}
