package org.recur4j.models.network;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.layer.Passes;

/**
 * A network that reads its sequences one step at a time, as they arrive, and remembers what it has
 * read. A step allocates neither tensors nor, on the Java backend, heap. Any number of sessions may
 * share a network; each belongs to one thread at a time.
 *
 * <p>Answers are those of {@link Network#predict}: probabilities of classes or labels, or values.
 * Of a many-to-one network each step gives the answer to the sequence so far. On the Java backend
 * they are the whole sequence's bit for bit, on others within the conformance kit's tolerance.
 */
public final class Session implements AutoCloseable {
  private final Network network;
  private final Backend backend;
  private final int rows;
  private final Scope scope;
  private final Passes passes;
  private final StepProgram program;
  private final int[] index = new int[1];
  private final AtomicBoolean busy = new AtomicBoolean();

  Session(Network network, int rows) {
    SessionRules.check(network.architecture(), rows);
    this.network = network;
    this.backend = network.backend();
    this.rows = rows;
    this.scope = backend.scope("session");
    this.passes = new Passes(scope.child("passes"));
    StepProgram recorded = null;
    try {
      recorded = StepProgram.record(network, rows, scope, passes);
    } finally {
      if (recorded == null) {
        close();
      }
    }
    this.program = recorded;
    reset();
  }

  /**
   * Number of sequences that step together.
   *
   * @return B
   */
  public int rows() {
    return rows;
  }

  /**
   * One step of every row.
   *
   * @param input {@code [B · F]}, one row's features after the other's; finite numbers
   * @param answers {@code [B · C]}, overwritten
   * @throws InvalidArgumentException if sizes or numbers are wrong; nothing has moved then
   */
  public void step(float[] input, float[] answers) {
    if (program.x().dataType() == DataType.INT32) {
      throw refuse("features", "indices, which this network reads", "Call step(index, y)");
    }
    checkSizes(input.length, program.x().size(), answers.length);
    for (int i = 0; i < input.length; i++) {
      if (!Float.isFinite(input[i])) {
        throw refuse(
            input[i] + " as feature " + i, "finite numbers", "Replace what is missing before");
      }
    }
    enter();
    try {
      backend.upload(input, 0, program.x());
      run(answers);
    } finally {
      busy.set(false);
    }
  }

  /**
   * One step of the only row.
   *
   * @param input an index of the vocabulary, or −1 for padding (zeros)
   * @param answers {@code [C]}, overwritten
   * @throws InvalidArgumentException if the session has more rows, or an index or a size is wrong;
   *     nothing has moved then
   */
  public void step(int input, float[] answers) {
    checkIndices(1, answers.length);
    check(input);
    enter();
    try {
      index[0] = input;
      backend.upload(index, 0, program.x());
      run(answers);
    } finally {
      busy.set(false);
    }
  }

  /**
   * One step of every row.
   *
   * @param input {@code [B]}, an index each, or −1 for padding (zeros)
   * @param answers {@code [B · C]}, overwritten
   * @throws InvalidArgumentException if an index or a size is wrong; nothing has moved then
   */
  public void step(int[] input, float[] answers) {
    checkIndices(input.length, answers.length);
    for (int each : input) {
      check(each);
    }
    enter();
    try {
      backend.upload(input, 0, program.x());
      run(answers);
    } finally {
      busy.set(false);
    }
  }

  /**
   * A step as a function: {@code (y, s′) = step(x, s)}. The session's own state stays what it is.
   *
   * @param input as {@link #step(float[], float[])}
   * @param from the state before
   * @return answers and the state after
   */
  public Stepped step(float[] input, SessionState from) {
    float[] answers = new float[program.y().size()];
    return apart(from, answers, () -> step(input, answers));
  }

  /**
   * A step as a function: {@code (y, s′) = step(x, s)}. The session's own state stays what it is.
   *
   * @param input as {@link #step(int, float[])}
   * @param from the state before
   * @return answers and the state after
   */
  public Stepped step(int input, SessionState from) {
    float[] answers = new float[program.y().size()];
    return apart(from, answers, () -> step(input, answers));
  }

  private Stepped apart(SessionState from, float[] answers, Runnable step) {
    SessionState own = snapshot();
    restore(from);
    try {
      step.run();
      return new Stepped(answers, snapshot());
    } finally {
      restore(own);
    }
  }

  private void run(float[] answers) {
    program.replay().run();
    backend.download(program.y(), answers, 0);
  }

  /**
   * What the network remembers now.
   *
   * @return a value; later steps do not change it
   */
  public SessionState snapshot() {
    return snapshot(0, rows);
  }

  /**
   * What the network remembers of one row: it may go on in another session.
   *
   * @param row 0 … B − 1
   * @return a state of one row
   */
  public SessionState snapshot(int row) {
    checkRow(row);
    return snapshot(row, 1);
  }

  private SessionState snapshot(int from, int count) {
    enter();
    try {
      List<Tensor> parts = program.state().parts();
      double[][] numbers = new double[parts.size()][];
      for (int i = 0; i < numbers.length; i++) {
        Tensor window = window(parts.get(i), from, count);
        numbers[i] = new double[window.size()];
        backend.download(window, numbers[i], 0);
      }
      return new SessionState(
          network.fingerprint(), network.architecture().dataType(), count, numbers);
    } finally {
      busy.set(false);
    }
  }

  /**
   * Goes on from a state.
   *
   * @param from a snapshot of this network with as many rows
   * @throws InvalidArgumentException if it is another model's or has other rows; nothing has moved
   *     then
   */
  public void restore(SessionState from) {
    restore(0, rows, from);
  }

  /**
   * Lets one row go on from a state.
   *
   * @param row 0 … B − 1
   * @param from a snapshot of this network with one row
   * @throws InvalidArgumentException if it is another model's or has other rows; nothing has moved
   *     then
   */
  public void restore(int row, SessionState from) {
    checkRow(row);
    restore(row, 1, from);
  }

  private void restore(int row, int count, SessionState from) {
    if (!from.fingerprint().equals(network.fingerprint())) {
      throw refuse(
          "a " + from,
          "one of model " + network.fingerprint().substring(0, 8),
          "Open the model file that the state was taken with; retrained weights are another model");
    }
    if (from.rows() != count) {
      throw refuse(
          "a " + from, count + " row(s)", "Take the snapshot of as many rows, or restore one row");
    }
    List<Tensor> parts = program.state().parts();
    List<Integer> expected = parts.stream().map(part -> part.size() / rows * count).toList();
    List<Integer> sizes = Arrays.stream(from.parts()).map(part -> part.length).toList();
    if (!sizes.equals(expected)) {
      throw refuse(
          "parts of sizes " + sizes, "" + expected, "Read the state as it was written, or drop it");
    }
    enter();
    try {
      for (int i = 0; i < parts.size(); i++) {
        backend.upload(from.parts()[i], 0, window(parts.get(i), row, count));
      }
    } finally {
      busy.set(false);
    }
  }

  /** Forgets everything: the next step is every row's first. */
  public void reset() {
    reset(0, rows);
  }

  /**
   * Forgets one row: its next step is its first.
   *
   * @param row 0 … B − 1
   */
  public void reset(int row) {
    checkRow(row);
    reset(row, 1);
  }

  private void reset(int row, int count) {
    enter();
    try (Scope own = scope.child("reset")) {
      List<Tensor> from = StepProgram.initial(network, rows, own).parts();
      List<Tensor> to = program.state().parts();
      for (int i = 0; i < to.size(); i++) {
        backend.kernels().copy(window(from.get(i), row, count), window(to.get(i), row, count));
      }
    } finally {
      busy.set(false);
    }
  }

  /** Rows of a part {@code [1, B, H]}. */
  private Tensor window(Tensor part, int row, int count) {
    int size = part.size() / rows;
    return part.view(row * size, Shape.of(count * size));
  }

  private void checkIndices(int inputs, int outputs) {
    if (program.x().dataType() != DataType.INT32) {
      throw refuse("indices", "features, which this network reads", "Call step(features, y)");
    }
    checkSizes(inputs, program.x().size(), outputs);
  }

  private void check(int input) {
    if (input < -1 || input >= network.vocabulary()) {
      throw refuse(
          "index " + input,
          "an index in [-1, " + network.vocabulary() + ")",
          "Encode the text with the vocabulary that the network was trained with");
    }
  }

  private void checkSizes(int inputs, int expected, int outputs) {
    if (inputs != expected || outputs != program.y().size()) {
      throw refuse(
          inputs + " numbers in, room for " + outputs + " out",
          expected + " in and " + program.y().size() + " out, for " + rows + " row(s)",
          "Size the arrays as the network and the session's rows need");
    }
  }

  private void checkRow(int row) {
    if (row < 0 || row >= rows) {
      throw refuse("row " + row, "a row in [0, " + rows + ")", "Count the session's rows from 0");
    }
  }

  private void enter() {
    if (!busy.compareAndSet(false, true)) {
      throw refuse(
          "a second thread at the same time",
          "one thread at a time",
          "Open a session for each thread; they may share the network");
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("session", got, expected, advice);
  }

  @Override
  public void close() {
    passes.close();
    scope.close();
  }
}
