package org.recur4j.backend.cuda;

import org.recur4j.api.kernel.Indexing;
import org.recur4j.api.tensor.Tensor;

/** Kernels that move elements; all types are 32 bits wide and move alike. */
abstract class IndexingKernels extends CellKernels implements Indexing {
  private static final int TILE = 32;
  private static final int MOST_ROWS = 65_535;
  private static final int SCATTER_THREADS = 64;

  private final Kernel gather = module.kernel("gather_words");
  private final Kernel scatterAdd = module.kernel("scatter_add");
  private final Kernel slice = module.kernel("slice_words");
  private final Kernel insert = module.kernel("insert_words");
  private final Kernel insertAdd = module.kernel("insert_add");
  private final Kernel transpose = module.kernel("transpose_words");
  private final Kernel transposeTile = module.kernel("transpose_tile");
  private final Kernel select = module.kernel("select_words");
  private final Kernel maskPast = module.kernel("mask_past");
  private final Kernel reverse = module.kernel("reverse_steps");
  private final Kernel last = module.kernel("last_steps");
  private final Kernel addToLast = module.kernel("add_to_last");

  IndexingKernels(Device device) {
    super(device);
  }

  /** An index outside the axis gives zeros and an error at the next download. */
  @Override
  public final void gather(Tensor x, int axis, Tensor indices, Tensor y) {
    synchronized (queue) {
      queue.begin(gather).tensor(x).tensor(indices).tensor(y).fault();
      queue.integer(x.extent(axis)).integer(indices.size()).integer(x.shape().inner(axis));
      queue.integer(y.size()).overElements(y.size());
    }
  }

  /** An index outside the axis is skipped and gives an error at the next download. */
  @Override
  public final void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x) {
    requireFloat("scatterAdd", x);
    int outer = x.shape().outer(axis);
    synchronized (queue) {
      queue.begin(scatterAdd).tensor(y).tensor(indices).tensor(x).fault();
      queue.integer(outer).integer(x.extent(axis)).integer(indices.size());
      queue.integer(x.shape().inner(axis));
      queue.run(indices.size(), Math.min(outer, MOST_ROWS), 1, SCATTER_THREADS);
    }
  }

  @Override
  public final void slice(Tensor x, int axis, int from, Tensor y) {
    cut(slice, x, y, x, y, axis, from);
  }

  @Override
  public final void insert(Tensor y, double beta, int axis, int from, Tensor x) {
    if (beta == 0) {
      cut(insert, y, x, x, y, axis, from);
      return;
    }
    requireFloat("insert", x);
    synchronized (queue) {
      queue.begin(insertAdd).tensor(y).tensor(x);
      window(x, y, axis, from);
      queue.number(beta).overElements(y.size());
    }
  }

  private void cut(
      Kernel kernel, Tensor source, Tensor target, Tensor whole, Tensor part, int axis, int from) {
    synchronized (queue) {
      queue.begin(kernel).tensor(source).tensor(target);
      window(whole, part, axis, from);
      queue.overElements(part.size());
    }
  }

  private void window(Tensor whole, Tensor part, int axis, int from) {
    int inner = whole.shape().inner(axis);
    queue.integer(whole.extent(axis) * inner).integer(part.extent(axis) * inner);
    queue.integer(from * inner).integer(part.size());
  }

  @Override
  public final void transpose(Tensor x, Tensor y) {
    int a = x.extent(0);
    int b = x.extent(1);
    int inner = x.size() / (a * b);
    boolean tiled = inner == 1 && (a - 1) / TILE + 1 <= MOST_ROWS;
    synchronized (queue) {
      queue.begin(tiled ? transposeTile : transpose).tensor(x).tensor(y);
      queue.integer(a).integer(b).integer(inner).integer(y.size());
      if (tiled) {
        queue.run((b - 1) / TILE + 1, (a - 1) / TILE + 1, 1, 8 * TILE);
      } else {
        queue.overElements(y.size());
      }
    }
  }

  @Override
  public final void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y) {
    synchronized (queue) {
      queue.begin(select).tensor(lengths).tensor(inside).tensorOrNull(past).tensor(y);
      queue.integer(time).integer(y.size() / y.extent(0)).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  public final void maskPast(Tensor lengths, Tensor x, Tensor y) {
    move(maskPast, lengths, x, y);
  }

  @Override
  public final void reverse(Tensor lengths, Tensor x, Tensor y) {
    move(reverse, lengths, x, y);
  }

  @Override
  public final void last(Tensor lengths, Tensor x, Tensor y) {
    move(last, lengths, x, y);
  }

  private void move(Kernel kernel, Tensor lengths, Tensor x, Tensor y) {
    synchronized (queue) {
      queue.begin(kernel).tensor(lengths).tensor(x).tensor(y);
      queue.integer(x.extent(1)).integer(x.shape().inner(1)).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  public final void addToLast(Tensor y, Tensor lengths, Tensor x) {
    requireFloat("addToLast", x);
    synchronized (queue) {
      queue.begin(addToLast).tensor(y).tensor(lengths).tensor(x);
      queue.integer(x.extent(1)).integer(x.shape().inner(1)).integer(y.size());
      queue.overElements(y.size());
    }
  }
}
