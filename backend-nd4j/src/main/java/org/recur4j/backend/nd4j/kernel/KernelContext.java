package org.recur4j.backend.nd4j.kernel;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/**
 * Worker threads, scratch pools and operations on ranges of elements, shared by all kernel
 * families.
 */
final class KernelContext {
  final Workers workers;
  final ScratchPool<Chunks> chunks = new ScratchPool<>(Chunks::new);
  final ScratchPool<GemmCall> products = new ScratchPool<>(() -> new GemmCall(chunks));
  final ScratchPool<CrossEntropyCall> crossEntropies =
      new ScratchPool<>(() -> new CrossEntropyCall(chunks));

  KernelContext(Workers workers) {
    this.workers = workers;
  }

  /**
   * Sets n elements of any type, starting at the given element of the tensor, to the given 32 bits.
   */
  static void fill(int bits, Tensor y, int from, int n) {
    IntBuffer target = NativeStorage.integers(y);
    int start = y.offset() + from;
    int head = Math.min(n, 16);
    for (int j = 0; j < head; j++) {
      target.put(start + j, bits);
    }
    // Copying the elements that are already set in bulk is faster than setting the others one by
    // one.
    for (int done = head; done < n; done *= 2) {
      target.put(start + done, target, start, Math.min(done, n - done));
    }
  }

  /** Copies n elements of any type. */
  static void move(Tensor x, int from, Tensor y, int to, int n) {
    NativeStorage.integers(y).put(y.offset() + to, NativeStorage.integers(x), x.offset() + from, n);
  }

  /**
   * Computes y = αx + βy for n elements, starting at the given element of each; y is not read if β
   * = 0.
   */
  void scaleAdd(float alpha, Tensor x, int from, float beta, Tensor y, int to, int n) {
    FloatBuffer source = NativeStorage.floats(x);
    FloatBuffer target = NativeStorage.floats(y);
    Chunks s = chunks.take();
    for (int i = 0; i < n; i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, n - i);
      source.get(x.offset() + from + i, s.a, 0, m);
      if (beta != 0f) {
        target.get(y.offset() + to + i, s.b, 0, m);
      }
      Loops.scaleAdd(alpha, s.a, beta, s.b, m);
      target.put(y.offset() + to + i, s.b, 0, m);
    }
    chunks.give(s);
  }
}
