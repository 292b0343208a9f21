package org.recur4j.backend.nd4j.sequence;

import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.backend.nd4j.natives.View;

/**
 * The operands of a forward and a backward call: x, dx [T, B, I]; y, dy [T, B, D·H]; states and
 * mask [D, B, H].
 */
final class SequenceCall {
  private static final RecurrentState NO_STATE = new RecurrentState(null, null);

  final View x = new View();
  final View mask = new View();
  final View y = new View();
  final View dx = new View();
  final View dy = new View();

  /** [0] is the hidden state, [1] the cell state. */
  final View[] initial = {new View(), new View()};

  final View[] last = {new View(), new View()};
  final View[] dInitial = {new View(), new View()};
  final View[] dLast = {new View(), new View()};

  void forward(RecurrentInput in, RecurrentOutput out) {
    x.of(in.x());
    mask.of(in.hiddenMask());
    y.of(out.y());
    point(initial, in.initial());
    point(last, out.last());
  }

  void backward(RecurrentOutput dOut, RecurrentInput dIn) {
    dy.of(dOut.y());
    dx.of(dIn.x());
    point(dLast, dOut.last());
    point(dInitial, dIn.initial());
  }

  private static void point(View[] views, RecurrentState state) {
    RecurrentState given = state == null ? NO_STATE : state;
    views[0].of(given.hidden());
    views[1].of(given.cell());
  }
}
