package org.recur4j.backend.cuda.sequence;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.spi.CheckedPass;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.CudaStorage;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.driver.Staging;
import org.recur4j.backend.cuda.driver.StagingBuffer;

/**
 * A pass over a sequence on the device. Each direction has its own stream; both start after the
 * caller's previously queued work and end before its subsequent work. A pass never waits for the
 * device and, after the first calls for an extent, allocates nothing.
 */
final class CudaPass extends CheckedPass implements AutoCloseable {
  private static final RecurrentState NO_STATE = new RecurrentState(null, null);

  private final RecurrentSpec spec;
  private final Device device;
  private final LaunchQueue queue;
  private final SequenceKernels kernels;
  private final DirectionPass[] directions;
  private final int[] lengthScratch;
  private final Tensor lengthStore;

  /** x with zeros past the lengths, so that values there do not affect the weights' gradients. */
  private final Tensor cleanInput;

  private final long bytes;
  private long x;
  private long lengths;

  CudaPass(
      CudaPlan plan,
      Device device,
      SequenceKernels kernels,
      SequenceSteps stepLaunches,
      Scope scope,
      Extent max,
      Mode mode) {
    super(plan, scope, max, mode);
    this.spec = plan.spec();
    this.device = device;
    this.queue = device.queue();
    this.kernels = kernels;
    DirectionWork.checkSize(spec, max);
    this.lengthScratch = new int[max.batch()];
    this.lengthStore = scope.create(DataType.INT32, Shape.of(max.batch()));
    long sum = 4L * max.batch();
    this.directions = new DirectionPass[spec.directions()];
    for (int d = 0; d < directions.length; d++) {
      DirectionWork work = new DirectionWork(spec, spec.direction().isReverse(d), scope, max, mode);
      directions[d] = new DirectionPass(spec, d, work, device, kernels, stepLaunches);
      sum += work.bytes();
    }
    if (mode.keepsForBackward()) {
      Shape shape = Shape.of(max.steps(), max.batch(), spec.inputSize());
      this.cleanInput = scope.create(DataType.FLOAT32, shape);
      sum += 4L * shape.size();
    } else {
      this.cleanInput = null;
    }
    this.bytes = sum;
  }

  @Override
  public long workspaceBytes() {
    return bytes;
  }

  void forward(RecurrentInput in, RecurrentOutput out, PlanWeights weights) {
    RecurrentState initial = in.initial() == null ? NO_STATE : in.initial();
    RecurrentState last = out.last() == null ? NO_STATE : out.last();
    synchronized (queue) {
      queue.enter();
      x = CudaStorage.address(in.x());
      send(in.lengths());
      fork();
      try {
        for (DirectionPass direction : directions) {
          direction.begin(weights, x, lengths, steps(), batch());
          direction.forward(initial, in.hiddenMask(), out.y(), last);
        }
      } finally {
        queue.use(queue.main());
      }
      join();
    }
  }

  void backward(
      RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums, PlanWeights weights) {
    RecurrentState dLast = dOut.last() == null ? NO_STATE : dOut.last();
    RecurrentState dInitial = dIn.initial() == null ? NO_STATE : dIn.initial();
    synchronized (queue) {
      queue.enter();
      long input = x;
      if (lengths != 0 && sums != null) {
        input = CudaStorage.address(cleanInput);
        kernels.maskPast(lengths, x, input, batch(), spec.inputSize(), steps() * batch());
      }
      fork();
      try {
        for (int d = 0; d < directions.length; d++) {
          directions[d].begin(weights, input, lengths, steps(), batch());
          directions[d].backward(
              dOut.y(), dLast, dInitial, sums == null ? null : sums.directions().get(d));
        }
      } finally {
        queue.use(queue.main());
      }
      join();
      if (dIn.x() != null) {
        for (int d = 0; d < directions.length; d++) {
          directions[d].inputGradient(dIn.x(), d == 0 ? 0 : 1);
        }
      }
    }
  }

  /** Copies a trace {@code [T, B, D, width]}, with zeros past the lengths. */
  void read(Trace what, Tensor target) {
    synchronized (queue) {
      queue.enter();
      for (DirectionPass direction : directions) {
        direction.read(what, target);
      }
    }
  }

  /** Uploads the lengths; kernels need none if all rows are full. */
  private void send(Lengths given) {
    lengths = 0;
    if (given == null || given.isFull()) {
      return;
    }
    given.copyTo(lengthScratch);
    Staging staging = device.staging();
    for (int from = 0; from < batch(); from += Staging.ELEMENTS) {
      int count = Math.min(Staging.ELEMENTS, batch() - from);
      StagingBuffer buffer = staging.take();
      buffer.ints().put(0, lengthScratch, from, count);
      staging.send(buffer, lengthStore, from, count);
    }
    lengths = CudaStorage.address(lengthStore);
  }

  private void fork() {
    if (directions.length == 2) {
      device.fork();
    }
  }

  private void join() {
    if (directions.length == 2) {
      device.join();
    }
  }

  /** Frees the graphs; tensors are freed with their scope. */
  @Override
  public void close() {
    for (DirectionPass direction : directions) {
      direction.close();
    }
  }
}
