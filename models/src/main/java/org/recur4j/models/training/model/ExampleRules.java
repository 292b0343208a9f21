package org.recur4j.models.training.model;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.Example;
import org.recur4j.models.training.loss.Loss;

/**
 * The requirements of a network and its loss on an example. All checks that a batch could fail are
 * made per example, so that a failure does not depend on the composition of a batch. Checking a
 * valid example allocates no memory, because the batches of training are checked as well.
 *
 * @param architecture the network
 * @param loss the loss
 */
record ExampleRules(Architecture architecture, Loss loss) {
  /** The position of an example, which is formatted only for a message. */
  private record Place(String name, int number) {
    String example() {
      return number < 0 ? name : name + number;
    }

    String step(int step) {
      return " at step " + step + " of " + example();
    }
  }

  /**
   * Checks an example.
   *
   * @param name the name of the example in messages
   * @return the weight of its targets in the loss; 0 if none counts
   */
  double check(Example example, String name) {
    return check(example, new Place(name, -1));
  }

  private double check(Example example, Place place) {
    checkInputs(example, place);
    checkAnswers(example, place);
    double weight = 0;
    for (int t = 0; t < example.answers(); t++) {
      if (counts(example, t)) {
        weight += example.labels() == null ? 1 : loss.weight(example.labels()[t]);
      }
    }
    return weight;
  }

  private void checkInputs(Example example, Place place) {
    boolean indices = architecture.readsIndices();
    if ((example.indices() != null) != indices) {
      throw refuse(
          (indices ? "vectors in " : "indices in ") + place.example(),
          indices
              ? "indices, as the network's embedding requires"
              : "vectors, as the network requires");
    }
    int real = 0;
    for (int t = 0; t < example.steps(); t++) {
      if (example.isReal(t)) {
        real++;
        if (indices) {
          checkIndex(example.indices()[t], t, place);
        } else {
          checkVector(example.features()[t], t, place);
        }
      }
    }
    if (architecture.topology() == Topology.ONE_TO_ONE && real != 1) {
      throw refuse(
          real + " steps in " + place.example(), "exactly one, as a one-to-one network requires");
    }
  }

  private void checkIndex(int index, int step, Place place) {
    if (index < -1 || index >= architecture.vocabulary()) {
      throw refuse(
          "index " + index + place.step(step),
          "an index in [-1, " + architecture.vocabulary() + "), where -1 stands for zeros");
    }
  }

  private void checkVector(float[] vector, int step, Place place) {
    if (vector == null || vector.length != architecture.features()) {
      throw refuse(
          (vector == null ? "no vector" : vector.length + " features") + place.step(step),
          architecture.features() + " features, as the network requires");
    }
    for (float feature : vector) {
      if (!Float.isFinite(feature)) {
        throw refuse("the feature " + feature + place.step(step), "finite numbers");
      }
    }
  }

  private void checkAnswers(Example example, Place place) {
    OutputKind answer = architecture.answer();
    boolean classes = answer == OutputKind.CLASSES;
    if ((example.labels() != null) != classes) {
      throw refuse(
          (classes ? "numbers in " : "a class in ") + place.example(),
          switch (answer) {
            case CLASSES -> "a class, as by Example.classified and tagged";
            case LABELS -> "labels as 0 and 1, as by Example.labeled";
            case VALUES -> "values, as by Example.valued";
          });
    }
    int expected = isAligned() ? example.steps() : 1;
    if (example.answers() != expected) {
      throw refuse(example.answers() + " targets in " + place.example(), "" + expected);
    }
    for (int t = 0; t < expected; t++) {
      if (classes) {
        checkLabel(example.labels()[t], t, place);
      } else if (!isAligned() || example.isReal(t)) {
        checkNumbers(example.values()[t], t, place);
      }
    }
  }

  private void checkLabel(int label, int step, Place place) {
    int classes = architecture.outputs();
    if (label < (isAligned() ? -1 : 0) || label >= classes) {
      throw refuse(
          "label " + label + answer(step, place),
          "a class in [0, "
              + classes
              + ")"
              + (isAligned() ? ", or -1 for a step that does not count" : ""));
    }
  }

  private void checkNumbers(float[] numbers, int step, Place place) {
    if (numbers == null) {
      if (isAligned()) {
        return;
      }
      throw refuse("no numbers" + answer(step, place), "the target of the sequence");
    }
    int expected = loss.targets(architecture.outputs());
    if (numbers.length != expected) {
      throw refuse(numbers.length + " numbers" + answer(step, place), "" + expected);
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw refuse("the number " + number + answer(step, place), "finite numbers");
      }
      if (architecture.answer() == OutputKind.LABELS && (number < 0 || number > 1)) {
        throw refuse("the label " + number + answer(step, place), "0 for no or 1 for yes");
      }
    }
  }

  private String answer(int step, Place place) {
    return isAligned() ? place.step(step) : " in " + place.example();
  }

  /** Checks the examples of a batch; messages number them from 0. */
  void checkAll(List<Example> examples) {
    for (int i = 0; i < examples.size(); i++) {
      check(examples.get(i), new Place("example ", i));
    }
  }

  /** Returns whether a target counts in the loss: it is present and its step is not masked. */
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
        "training", got, expected, "Make the examples fit the network");
  }
}
