package org.recur4j.models.network;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
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
  private final StateRows memory;
  private final int[] index = new int[1];
  private final OneThread thread =
      new OneThread("Open a session for each thread; they may share the network");

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
    this.memory = new StateRows(network, rows, program.state().parts());
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
      throw SessionRules.refuse(
          "features", "indices, which this network reads", "Call step(index, y)");
    }
    checkSizes(input.length, program.x().size(), answers.length);
    for (int i = 0; i < input.length; i++) {
      if (!Float.isFinite(input[i])) {
        throw SessionRules.refuse(
            input[i] + " as feature " + i, "finite numbers", "Replace what is missing before");
      }
    }
    thread.enter();
    try {
      backend.upload(input, 0, program.x());
      run(answers);
    } finally {
      thread.leave();
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
    thread.enter();
    try {
      index[0] = input;
      backend.upload(index, 0, program.x());
      run(answers);
    } finally {
      thread.leave();
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
    thread.enter();
    try {
      backend.upload(input, 0, program.x());
      run(answers);
    } finally {
      thread.leave();
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
    thread.enter();
    try {
      return memory.snapshot(from, count);
    } finally {
      thread.leave();
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
    memory.check(from, count);
    thread.enter();
    try {
      memory.restore(row, count, from);
    } finally {
      thread.leave();
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
    thread.enter();
    try (Scope own = scope.child("reset")) {
      memory.reset(row, count, own);
    } finally {
      thread.leave();
    }
  }

  private void checkIndices(int inputs, int outputs) {
    if (program.x().dataType() != DataType.INT32) {
      throw SessionRules.refuse(
          "indices", "features, which this network reads", "Call step(features, y)");
    }
    checkSizes(inputs, program.x().size(), outputs);
  }

  private void check(int input) {
    if (input < -1 || input >= network.architecture().vocabulary()) {
      throw SessionRules.refuse(
          "index " + input,
          "an index in [-1, " + network.architecture().vocabulary() + ")",
          "Encode the text with the vocabulary that the network was trained with");
    }
  }

  private void checkSizes(int inputs, int expected, int outputs) {
    if (inputs != expected || outputs != program.y().size()) {
      throw SessionRules.refuse(
          inputs + " numbers in, room for " + outputs + " out",
          expected + " in and " + program.y().size() + " out, for " + rows + " row(s)",
          "Size the arrays as the network and the session's rows need");
    }
  }

  private void checkRow(int row) {
    if (row < 0 || row >= rows) {
      throw SessionRules.refuse(
          "row " + row, "a row in [0, " + rows + ")", "Count the session's rows from 0");
    }
  }

  @Override
  public void close() {
    thread.close();
    passes.close();
    scope.close();
  }
}
