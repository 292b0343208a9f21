package org.recur4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;

/** A plan that computes nothing, and operands that fit it. */
abstract class IdlePlanFixture {
  static final int STEPS = 2;
  static final int BATCH = 3;
  static final int INPUT = 4;
  static final int HIDDEN = 5;
  static final RecurrentSpec LSTM = RecurrentSpec.lstm(INPUT, HIDDEN).biases(Biases.SINGLE).build();
  static final RecurrentSpec GRU = RecurrentSpec.gru(INPUT, HIDDEN).build();
  static final RecurrentSpec MASKED =
      RecurrentSpec.lstm(INPUT, HIDDEN).biases(Biases.SINGLE).hiddenMask(true).build();
  static final RecurrentOutput NO_OUTPUT = new RecurrentOutput(null, null);
  static final String FIT = " Make operands and specification agree.";
  static final String CREATE =
      " Create it with the shape that the plan's specification and this batch require.";
  static final String CLOSED =
      " of scope 'test/gone', which was closed or reset; expected a tensor of an open scope. Keep"
          + " the scope open for as long as its tensors are used, or hand the tensor on with keep().";

  final Backend backend = new ToyProvider().open(BackendOptions.defaults());
  final Scope scope = backend.scope("test");
  final DirectionWeights weights = weights(LSTM);
  final IdlePlan plan = new IdlePlan(LSTM, new RecurrentWeights(List.of(weights)));
  final Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.TRACING);
  final Tensor x = tensor(STEPS, BATCH, INPUT);

  @AfterEach
  final void close() {
    scope.close();
    backend.close();
  }

  interface Call {
    void run();
  }

  DynamicTest refusal(
      String name, Class<? extends RecurException> kind, Call call, String message) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          int reached = plan.calls.size();
          assertThatThrownBy(call::run).isExactlyInstanceOf(kind).hasMessage(message);
          assertThat(plan.calls).as("calls that reached the plan").hasSize(reached);
        });
  }

  void forward(Tensor input) {
    plan.forward(pass, new RecurrentInput(input, null, null, null), NO_OUTPUT);
  }

  void forward(Lengths lengths, RecurrentState initial, Tensor mask, RecurrentOutput out) {
    plan.forward(pass, new RecurrentInput(x, lengths, initial, mask), out);
  }

  void backward(DirectionWeights... sums) {
    plan.backward(pass, null, null, new RecurrentGradients(List.of(sums)));
  }

  DirectionWeights weights(RecurrentSpec spec) {
    int rows = spec.gates() * HIDDEN;
    return new DirectionWeights(
        tensor(rows, INPUT),
        tensor(rows, HIDDEN),
        tensor(rows),
        spec.biases() == Biases.DOUBLE ? tensor(rows) : null);
  }

  Tensor state() {
    return tensor(1, BATCH, HIDDEN);
  }

  Tensor gone(int... extents) {
    Scope inner = scope.child("gone");
    Tensor tensor = create(inner, extents);
    inner.close();
    return tensor;
  }

  Tensor tensor(int... extents) {
    return create(scope, extents);
  }

  static Tensor create(Scope in, int... extents) {
    return in.create(DataType.FLOAT32, Shape.of(extents));
  }
}
