package org.recur4j.backend.ejml.sequence;

import static org.recur4j.backend.ejml.array.HeapStorage.floats;
import static org.recur4j.backend.ejml.array.HeapStorage.floatsOrNull;
import static org.recur4j.backend.ejml.array.HeapStorage.offsetOrZero;

import java.util.Arrays;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.spi.CheckedPass;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * A pass of a fused plan: turns tensors, which the plan has checked, into arrays and copies traces.
 * Allocates nothing after construction.
 */
final class EjmlPass extends CheckedPass {
  private static final RecurrentState NO_STATE = new RecurrentState(null, null);

  private final FusedCell cell;
  private final FusedSequence sequence;

  EjmlPass(
      EjmlPlan plan, Scope scope, Extent max, Mode mode, FusedCell cell, FusedSequence sequence) {
    super(plan, scope, max, mode);
    this.cell = cell;
    this.sequence = sequence;
  }

  @Override
  public long workspaceBytes() {
    return sequence.bytes();
  }

  void forward(RecurrentInput in, RecurrentOutput out, PackedWeights[] weights) {
    SequenceArrays arrays = sequence.arrays;
    arrays.steps = steps();
    arrays.batch = batch();
    if (in.lengths() == null) {
      Arrays.fill(arrays.lengths, 0, arrays.batch, arrays.steps);
    } else {
      in.lengths().copyTo(arrays.lengths);
    }
    RecurrentState initial = in.initial() == null ? NO_STATE : in.initial();
    RecurrentState last = out.last() == null ? NO_STATE : out.last();
    arrays.x = floatsOrNull(in.x());
    arrays.xOffset = offsetOrZero(in.x());
    arrays.initialHidden = floatsOrNull(initial.hidden());
    arrays.initialHiddenOffset = offsetOrZero(initial.hidden());
    arrays.initialCell = floatsOrNull(initial.cell());
    arrays.initialCellOffset = offsetOrZero(initial.cell());
    arrays.mask = floatsOrNull(in.hiddenMask());
    arrays.maskOffset = offsetOrZero(in.hiddenMask());
    arrays.y = floatsOrNull(out.y());
    arrays.yOffset = offsetOrZero(out.y());
    arrays.lastHidden = floatsOrNull(last.hidden());
    arrays.lastHiddenOffset = offsetOrZero(last.hidden());
    arrays.lastCell = floatsOrNull(last.cell());
    arrays.lastCellOffset = offsetOrZero(last.cell());
    sequence.forward(weights);
  }

  void backward(
      RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums, PackedWeights[] weights) {
    SequenceArrays arrays = sequence.arrays;
    RecurrentState dLast = dOut.last() == null ? NO_STATE : dOut.last();
    RecurrentState dInitial = dIn.initial() == null ? NO_STATE : dIn.initial();
    arrays.dy = floatsOrNull(dOut.y());
    arrays.dyOffset = offsetOrZero(dOut.y());
    arrays.dLastHidden = floatsOrNull(dLast.hidden());
    arrays.dLastHiddenOffset = offsetOrZero(dLast.hidden());
    arrays.dLastCell = floatsOrNull(dLast.cell());
    arrays.dLastCellOffset = offsetOrZero(dLast.cell());
    arrays.dx = floatsOrNull(dIn.x());
    arrays.dxOffset = offsetOrZero(dIn.x());
    arrays.dInitialHidden = floatsOrNull(dInitial.hidden());
    arrays.dInitialHiddenOffset = offsetOrZero(dInitial.hidden());
    arrays.dInitialCell = floatsOrNull(dInitial.cell());
    arrays.dInitialCellOffset = offsetOrZero(dInitial.cell());
    for (int direction = 0; direction < arrays.directions; direction++) {
      if (sums == null) {
        sequence.gradients[direction].clear();
      } else {
        sequence.gradients[direction].point(sums.directions().get(direction));
      }
    }
    sequence.backward(weights);
  }

  /** Copies a trace {@code [T, B, D, width]}, with zeros past a row's length. */
  void read(Trace what, Tensor target) {
    SequenceArrays arrays = sequence.arrays;
    int h = arrays.hiddenSize;
    int width = target.extent(-1);
    float[] values = floats(target);
    Arrays.fill(values, target.offset(), target.offset() + target.size(), 0f);
    for (int direction = 0; direction < arrays.directions; direction++) {
      for (int b = 0; b < arrays.batch; b++) {
        RowBlock block = sequence.block(direction, b);
        int plane = (b - block.firstRow) * h;
        for (int s = 0; s < arrays.lengths[b]; s++) {
          int time = arrays.time(direction, s, b);
          int row =
              target.offset() + ((time * arrays.batch + b) * arrays.directions + direction) * width;
          switch (what) {
            case GATES -> {
              for (int gate = 0; gate < cell.gates(); gate++) {
                System.arraycopy(block.gates[s][gate], plane, values, row + gate * h, h);
              }
            }
            case CELL_STATES -> System.arraycopy(block.cells[s + 1][0], plane, values, row, h);
            case STATE_GRADIENTS ->
                System.arraycopy(
                    sequence.blockGradient(direction, b).stateGradient(s), plane, values, row, h);
          }
        }
      }
    }
  }
}
