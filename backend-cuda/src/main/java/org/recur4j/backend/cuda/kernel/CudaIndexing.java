package org.recur4j.backend.cuda.kernel;

import static org.recur4j.backend.cuda.kernel.KernelContext.requireFloat;
import static org.recur4j.backend.cuda.kernel.KernelName.ADD_TO_LAST;
import static org.recur4j.backend.cuda.kernel.KernelName.GATHER_WORDS;
import static org.recur4j.backend.cuda.kernel.KernelName.INSERT_ADD;
import static org.recur4j.backend.cuda.kernel.KernelName.INSERT_WORDS;
import static org.recur4j.backend.cuda.kernel.KernelName.LAST_STEPS;
import static org.recur4j.backend.cuda.kernel.KernelName.MASK_PAST;
import static org.recur4j.backend.cuda.kernel.KernelName.REVERSE_STEPS;
import static org.recur4j.backend.cuda.kernel.KernelName.SCATTER_ADD;
import static org.recur4j.backend.cuda.kernel.KernelName.SELECT_WORDS;
import static org.recur4j.backend.cuda.kernel.KernelName.SLICE_WORDS;
import static org.recur4j.backend.cuda.kernel.KernelName.TRANSPOSE_TILE;
import static org.recur4j.backend.cuda.kernel.KernelName.TRANSPOSE_WORDS;

import org.recur4j.api.kernel.Indexing;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/** Kernels that copy elements, which have 32 bits in all types. */
interface CudaIndexing extends Indexing {
  int TILE = 32;
  int MOST_ROWS = 65_535;
  int SCATTER_THREADS = 64;

  /** Returns the context shared by all kernel families. */
  KernelContext context();

  /** An index outside the axis yields zeros and an exception at the next download. */
  @Override
  default void gather(Tensor x, int axis, Tensor indices, Tensor y) {
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(GATHER_WORDS).tensor(x).tensor(indices).tensor(y).fault();
      queue.integer(x.extent(axis)).integer(indices.size()).integer(x.shape().inner(axis));
      queue.integer(y.size()).overElements(y.size());
    }
  }

  /** An index outside the axis is skipped and causes an exception at the next download. */
  @Override
  default void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x) {
    requireFloat("scatterAdd", x);
    int outer = x.shape().outer(axis);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(SCATTER_ADD).tensor(y).tensor(indices).tensor(x).fault();
      queue.integer(outer).integer(x.extent(axis)).integer(indices.size());
      queue.integer(x.shape().inner(axis));
      queue.run(indices.size(), Math.min(outer, MOST_ROWS), 1, SCATTER_THREADS);
    }
  }

  @Override
  default void slice(Tensor x, int axis, int from, Tensor y) {
    cut(SLICE_WORDS, x, y, x, y, axis, from);
  }

  @Override
  default void insert(Tensor y, double beta, int axis, int from, Tensor x) {
    if (beta == 0) {
      cut(INSERT_WORDS, y, x, x, y, axis, from);
      return;
    }
    requireFloat("insert", x);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(INSERT_ADD).tensor(y).tensor(x);
      window(x, y, axis, from);
      queue.number(beta).overElements(y.size());
    }
  }

  private void cut(
      KernelName kernel,
      Tensor source,
      Tensor target,
      Tensor whole,
      Tensor part,
      int axis,
      int from) {
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(kernel).tensor(source).tensor(target);
      window(whole, part, axis, from);
      queue.overElements(part.size());
    }
  }

  private void window(Tensor whole, Tensor part, int axis, int from) {
    LaunchQueue queue = context().queue;
    int inner = whole.shape().inner(axis);
    queue.integer(whole.extent(axis) * inner).integer(part.extent(axis) * inner);
    queue.integer(from * inner).integer(part.size());
  }

  @Override
  default void transpose(Tensor x, Tensor y) {
    int a = x.extent(0);
    int b = x.extent(1);
    int inner = x.size() / (a * b);
    boolean tiled = inner == 1 && (a - 1) / TILE + 1 <= MOST_ROWS;
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(tiled ? TRANSPOSE_TILE : TRANSPOSE_WORDS).tensor(x).tensor(y);
      queue.integer(a).integer(b).integer(inner).integer(y.size());
      if (tiled) {
        queue.run((b - 1) / TILE + 1, (a - 1) / TILE + 1, 1, 8 * TILE);
      } else {
        queue.overElements(y.size());
      }
    }
  }

  @Override
  default void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y) {
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(SELECT_WORDS).tensor(lengths).tensor(inside).tensorOrNull(past).tensor(y);
      queue.integer(time).integer(y.size() / y.extent(0)).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  default void maskPast(Tensor lengths, Tensor x, Tensor y) {
    move(MASK_PAST, lengths, x, y);
  }

  @Override
  default void reverse(Tensor lengths, Tensor x, Tensor y) {
    move(REVERSE_STEPS, lengths, x, y);
  }

  @Override
  default void last(Tensor lengths, Tensor x, Tensor y) {
    move(LAST_STEPS, lengths, x, y);
  }

  private void move(KernelName kernel, Tensor lengths, Tensor x, Tensor y) {
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(kernel).tensor(lengths).tensor(x).tensor(y);
      queue.integer(x.extent(1)).integer(x.shape().inner(1)).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  default void addToLast(Tensor y, Tensor lengths, Tensor x) {
    requireFloat("addToLast", x);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(ADD_TO_LAST).tensor(y).tensor(lengths).tensor(x);
      queue.integer(x.extent(1)).integer(x.shape().inner(1)).integer(y.size());
      queue.overElements(y.size());
    }
  }
}
