package org.recur4j.backend.nd4j.sequence;

import java.nio.FloatBuffer;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeMemory;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/**
 * The weights of one direction, with rows in the order in which they are computed: by part, then by
 * plane, then by unit, so that the rows of a part form one matrix. Owns its native memory.
 */
final class PackedWeights {
  private final PlaneLayout layout;
  private final UnitCut cut;
  private final int inputSize;
  private final int hiddenSize;
  private final NativeStorage input;
  private final NativeStorage state;
  private final NativeStorage candidate;
  private final float[][] bias;

  PackedWeights(PlaneLayout layout, UnitCut cut, int inputSize, NativeMemory memory) {
    this.layout = layout;
    this.cut = cut;
    this.inputSize = inputSize;
    this.hiddenSize = cut.hiddenSize();
    int h = hiddenSize;
    this.input =
        memory.block(DataType.FLOAT32, Math.multiplyExact(layout.inputPlanes() * h, inputSize));
    this.state = memory.block(DataType.FLOAT32, Math.multiplyExact(layout.statePlanes() * h, h));
    this.candidate =
        layout.cell() == FusedCell.GRU_RESET_BEFORE ? memory.block(DataType.FLOAT32, h * h) : null;
    this.bias = new float[layout.planes()][h];
  }

  void pack(DirectionWeights weights) {
    for (int part = 0; part < cut.parts(); part++) {
      for (int plane = 0; plane < layout.inputPlanes(); plane++) {
        rows(weights.weightIh(), plane, part, input, inputRow(part) + plane * cut.units(part));
      }
      for (int plane = layout.stateFrom(); plane < layout.planes(); plane++) {
        int row = stateRow(part) + (plane - layout.stateFrom()) * cut.units(part);
        rows(weights.weightHh(), plane, part, state, row);
      }
      if (candidate != null) {
        rows(weights.weightHh(), 0, part, candidate, cut.from(part));
      }
    }
    for (int plane = 0; plane < layout.planes(); plane++) {
      // Reset after: b_hn is multiplied by r, so it belongs to hn, and n has b_in only.
      boolean after = layout.cell() == FusedCell.GRU_RESET_AFTER;
      for (int unit = 0; unit < hiddenSize; unit++) {
        int row = layout.gate(plane) * hiddenSize + unit;
        float ih = after && plane == 3 ? 0f : element(weights.biasIh(), row);
        float hh = after && plane == 0 ? 0f : element(weights.biasHh(), row);
        bias[plane][unit] = ih + hh;
      }
    }
  }

  /** Copies the rows of a plane's gate for the units of a part. */
  private void rows(Tensor from, int plane, int part, NativeStorage to, int row) {
    int columns = from.extent(1);
    int first = (layout.gate(plane) * hiddenSize + cut.from(part)) * columns;
    FloatBuffer source = NativeStorage.floats(from);
    to.floats().put(row * columns, source, from.offset() + first, cut.units(part) * columns);
  }

  private static float element(Tensor bias, int index) {
    return bias == null ? 0f : NativeStorage.floats(bias).get(bias.offset() + index);
  }

  /** Returns the first row of a part in {@link #input}. */
  int inputRow(int part) {
    return cut.from(part) * layout.inputPlanes();
  }

  int stateRow(int part) {
    return cut.from(part) * layout.statePlanes();
  }

  /** Returns the address of a row of W_ih, [inputPlanes·H, I]. */
  long input(int row) {
    return input.address(row * inputSize);
  }

  /** Returns the address of an element of W_hh, [statePlanes·H, H]. */
  long state(int row, int column) {
    return state.address(row * hiddenSize + column);
  }

  /** Returns the address of an element of W_hn, [H, H], of a reset-before GRU. */
  long candidate(int row, int column) {
    return candidate.address(row * hiddenSize + column);
  }

  /** Returns the biases of a plane, one per unit. */
  float[] bias(int plane) {
    return bias[plane];
  }

  long bytes() {
    return input.bytes() + state.bytes() + (candidate == null ? 0 : candidate.bytes());
  }

  void free(NativeMemory memory) {
    memory.free(input);
    memory.free(state);
    if (candidate != null) {
      memory.free(candidate);
    }
  }
}
