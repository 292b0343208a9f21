package org.recur4j.models.internal.session;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.internal.assembly.LayerStack;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.session.Session;
import org.recur4j.models.session.SessionState;
import org.recur4j.models.session.StepResult;

/** A session that records the computation of a step once and replays it. */
public final class NetworkSession implements Session {
  private final LayerStack stack;
  private final Backend backend;
  private final int rows;
  private final Scope scope;
  private final Workspaces passes;
  private final StepProgram program;
  private final StateRows memory;
  private final int[] index = new int[1];
  private final ThreadGuard thread =
      new ThreadGuard("Open a session for each thread; they may share the network");

  /**
   * Records the step.
   *
   * @param stack layers of the network
   * @param rows B, number of sequences
   */
  public NetworkSession(LayerStack stack, int rows) {
    SessionRules.check(stack.architecture(), rows);
    this.stack = stack;
    this.backend = stack.backend();
    this.rows = rows;
    this.scope = backend.scope("session");
    this.passes = new Workspaces(scope.child("passes"));
    StepProgram recorded = null;
    try {
      recorded = StepProgram.record(stack, rows, scope, passes);
    } finally {
      if (recorded == null) {
        close();
      }
    }
    this.program = recorded;
    this.memory = new StateRows(stack, rows, program.state().parts());
    reset();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void step(float[] input, float[] answers) {
    if (program.x().dataType() == DataType.INT32) {
      throw SessionRules.refuse(
          "features", "indices, which this network reads", "Call step(index, y)");
    }
    checkSizes(input.length, program.x().size(), answers.length);
    for (int i = 0; i < input.length; i++) {
      if (!Float.isFinite(input[i])) {
        throw SessionRules.refuse(
            input[i] + " as feature " + i, "finite numbers", "Replace missing values first");
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

  @Override
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

  @Override
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

  @Override
  public StepResult step(float[] input, SessionState from) {
    float[] answers = new float[program.y().size()];
    return apart(from, answers, () -> step(input, answers));
  }

  @Override
  public StepResult step(int input, SessionState from) {
    float[] answers = new float[program.y().size()];
    return apart(from, answers, () -> step(input, answers));
  }

  private StepResult apart(SessionState from, float[] answers, Runnable step) {
    SessionState own = snapshot();
    restore(from);
    try {
      step.run();
      return new StepResult(answers, snapshot());
    } finally {
      restore(own);
    }
  }

  private void run(float[] answers) {
    program.replay().run();
    backend.download(program.y(), answers, 0);
  }

  @Override
  public SessionState snapshot() {
    return snapshot(0, rows);
  }

  @Override
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

  @Override
  public double[] part(SessionState state, int layer, String name) {
    InvalidArgumentException.requireGiven(state, "part of a state", "state");
    memory.check(state, state.rows());
    return state.parts()[memory.parts().indexOf(program.state().part(layer, name))].clone();
  }

  @Override
  public void restore(SessionState from) {
    restore(0, rows, from);
  }

  @Override
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

  @Override
  public void reset() {
    reset(0, rows);
  }

  @Override
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
    if (input < -1 || input >= stack.architecture().vocabulary()) {
      throw SessionRules.refuse(
          "index " + input,
          "an index in [-1, " + stack.architecture().vocabulary() + ")",
          "Encode the text with the vocabulary that the network was trained with");
    }
  }

  private void checkSizes(int inputs, int expected, int outputs) {
    if (inputs != expected || outputs != program.y().size()) {
      throw SessionRules.refuse(
          "arrays of " + inputs + " inputs and " + outputs + " outputs",
          expected + " inputs and " + program.y().size() + " outputs, for " + rows + " row(s)",
          "Size the arrays for the network and the session's rows");
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
