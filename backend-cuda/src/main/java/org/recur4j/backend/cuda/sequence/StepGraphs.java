package org.recur4j.backend.cuda.sequence;

import static jcuda.driver.CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
import static jcuda.driver.JCudaDriver.cuGraphDestroy;
import static jcuda.driver.JCudaDriver.cuGraphExecDestroy;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;

import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstream;
import org.recur4j.backend.cuda.driver.CudaFailure;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * Graphs of the step loops of one direction of one pass. The second time that a loop runs with the
 * same extents, it is recorded; from then on, one call launches all steps. This is possible because
 * steps access only the pass's memory and the weights, whose addresses never change.
 */
final class StepGraphs implements AutoCloseable {
  /** The number of steps below which a graph is of no use. */
  private static final int LEAST_STEPS = 4;

  private static final int MOST = 16;

  private final LaunchQueue queue;
  private final CUstream recorder;
  private final long[] keys = new long[MOST];
  private final CUgraphExec[] graphs = new CUgraphExec[MOST];
  private int next;

  StepGraphs(Device device) {
    this.queue = device.queue();
    this.recorder = device.recorder();
  }

  /** Launches the steps on a stream, as a graph if that is faster. */
  void run(SequenceSteps steps, StepWalk walk, boolean backward, CUstream stream) {
    if (walk.steps < LEAST_STEPS || steps.isOneLaunch(walk, backward)) {
      queue.use(stream);
      launch(steps, walk, backward);
      return;
    }
    long key = key(walk, backward);
    int at = find(key);
    if (at < 0) {
      add(key);
      queue.use(stream);
      launch(steps, walk, backward);
      return;
    }
    if (graphs[at] == null) {
      graphs[at] = record(steps, walk, backward);
    }
    CudaFailure.check(cuGraphLaunch(graphs[at], stream), "launch the steps of a sequence");
  }

  private static void launch(SequenceSteps steps, StepWalk walk, boolean backward) {
    if (backward) {
      steps.backward(walk);
    } else {
      steps.forward(walk);
    }
  }

  /** T and B fit in 31 bits each; ragged batches have other arguments than full ones. */
  private static long key(StepWalk walk, boolean backward) {
    long extents = (long) walk.steps << 31 | walk.batch;
    return extents << 2 | (walk.lengths == 0 ? 0 : 2) | (backward ? 1 : 0);
  }

  private int find(long key) {
    for (int i = 0; i < MOST; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    return -1;
  }

  private void add(long key) {
    destroy(next);
    keys[next] = key;
    next = (next + 1) % MOST;
  }

  private CUgraphExec record(SequenceSteps steps, StepWalk walk, boolean backward) {
    CUgraph graph = new CUgraph();
    CUgraphExec executable = new CUgraphExec();
    String operation = "record the steps of a sequence";
    CudaFailure.check(
        cuStreamBeginCapture(recorder, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL), operation);
    queue.use(recorder);
    int code;
    try {
      launch(steps, walk, backward);
    } finally {
      code = cuStreamEndCapture(recorder, graph);
    }
    CudaFailure.check(code, operation);
    CudaFailure.check(cuGraphInstantiate(executable, graph, 0), operation);
    CudaFailure.check(cuGraphDestroy(graph), operation);
    return executable;
  }

  private void destroy(int index) {
    if (graphs[index] != null) {
      CudaFailure.check(cuGraphExecDestroy(graphs[index]), "destroy a graph");
      graphs[index] = null;
    }
  }

  /** Does not wait for the device, because the driver keeps graphs that are still running. */
  @Override
  public void close() {
    synchronized (queue) {
      queue.enter();
      for (int i = 0; i < MOST; i++) {
        destroy(i);
        keys[i] = 0;
      }
    }
  }
}
