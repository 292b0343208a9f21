package org.recur4j.api.portable;

import java.util.Arrays;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.spi.CheckedPass;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** The workspace of one run of the portable plan. */
final class PortablePass extends CheckedPass {
  private final RecurrentSpec spec;
  private final Buffers[] buffers;
  private final GateWeights[] gradients;
  private final int[] lengthScratch;
  private final Tensor lengthStore;
  private final Tensor extraStore;
  private final long bytes;
  private Tensor xSource;
  private Tensor xFlat;

  /** The T and B of the views; 0 before the first forward. */
  private int shapedSteps;

  private int shapedBatch;

  /** INT32 {@code [B]}, the lengths of the last forward on the device. */
  Tensor lengths;

  boolean ragged;

  /** ∂L/∂x of the second direction before it is added; null with one direction. */
  Tensor extraInputGradient;

  PortablePass(PortablePlan plan, Scope scope, Extent max, Mode mode) {
    super(plan, scope, max, mode);
    this.spec = plan.spec();
    this.buffers = new Buffers[spec.directions()];
    this.gradients = new GateWeights[spec.directions()];
    this.lengthScratch = new int[max.batch()];
    this.lengthStore = scope.create(DataType.INT32, Shape.of(max.batch()));
    long sum = (long) max.batch() * DataType.INT32.bytes();
    for (int d = 0; d < buffers.length; d++) {
      buffers[d] = new Buffers(spec, scope, max, mode);
      sum += buffers[d].bytes();
    }
    if (buffers.length == 2 && mode.keepsForBackward()) {
      Shape shape = Shape.of(max.steps(), max.batch(), spec.inputSize());
      extraStore = scope.create(spec.dataType(), shape);
      sum += (long) shape.size() * spec.dataType().bytes();
    } else {
      extraStore = null;
    }
    this.bytes = sum;
  }

  @Override
  public long workspaceBytes() {
    return bytes;
  }

  Buffers buffers(int direction) {
    return buffers[direction];
  }

  /** Starts a new batch: creates new views if T or B changed, and uploads the lengths. */
  void begin(RecurrentInput in, Transfers transfers) {
    if (steps() != shapedSteps || batch() != shapedBatch) {
      shapedSteps = steps();
      shapedBatch = batch();
      lengths = lengthStore.view(0, Shape.of(batch()));
      for (Buffers each : buffers) {
        each.shape(steps(), batch());
      }
      if (extraStore != null) {
        extraInputGradient = extraStore.view(0, Shape.of(steps(), batch(), spec.inputSize()));
      }
    }
    Lengths given = in.lengths();
    ragged = given != null && !given.isFull();
    if (ragged) {
      given.copyTo(lengthScratch);
    } else {
      Arrays.fill(lengthScratch, 0, batch(), steps());
    }
    transfers.upload(lengthScratch, 0, lengths);
    if (xSource != in.x()) {
      xSource = in.x();
      xFlat = xSource.reshape(Shape.of(steps() * batch(), spec.inputSize()));
    }
  }

  /** Returns whether x must be rearranged before the direction reads it. */
  boolean rearranges(int direction) {
    return ragged || spec.direction().isReverse(direction);
  }

  /** Returns the operand of the direction's input products, {@code [T·B, I]}. */
  Tensor orderedInput(int direction) {
    return rearranges(direction) ? buffers[direction].ordered.flat() : xFlat;
  }

  /** Returns views of the caller's sums, which are created again only for other tensors. */
  GateWeights gradients(int direction, DirectionWeights sums) {
    GateWeights known = gradients[direction];
    if (known == null || !known.isOf(sums)) {
      known = GateWeights.of(spec, sums);
      gradients[direction] = known;
    }
    return known;
  }
}
