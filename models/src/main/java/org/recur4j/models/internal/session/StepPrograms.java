package org.recur4j.models.internal.session;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.State;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.internal.assembly.LayerStack;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.session.NetworkState;

/**
 * The recorded steps of a network for up to a given number of rows. Steps are recorded for some
 * sizes only; another number of rows runs the next larger size, and the results of surplus rows are
 * ignored.
 *
 * <p>Inputs are set row by row, the step is run for the first rows, and predictions are read row by
 * row.
 */
final class StepPrograms {
  private final Backend backend;
  private final int features;
  private final int outputs;
  private final StepProgram[] programs;
  private final Tensor[][] after;
  private final Tensor[][] kept;
  private final float[] values;
  private final int[] indices;
  private final float[] answers;

  /**
   * Records the steps, starting with the largest, so that all sizes share its workspace.
   *
   * @param table state of the rows, which a step reads and {@link #run} overwrites
   * @param all the same state as a network state
   */
  StepPrograms(StateRows table, NetworkState all, Scope scope, Workspaces passes) {
    LayerStack stack = table.stack();
    Architecture architecture = stack.architecture();
    int capacity = table.rows();
    this.backend = stack.backend();
    this.features = architecture.features();
    this.outputs = architecture.outputs();
    this.values = new float[architecture.readsIndices() ? 0 : capacity * features];
    this.indices = new int[architecture.readsIndices() ? capacity : 0];
    this.answers = new float[capacity * outputs];
    this.programs = new StepProgram[capacity + 1];
    this.after = new Tensor[capacity + 1][];
    this.kept = new Tensor[capacity + 1][];
    Tensor x = StepProgram.input(stack, capacity, scope);
    for (int size = capacity; size > 0; ) {
      StepProgram program =
          StepProgram.record(stack, first(x, size), first(all, size), scope, passes);
      int smaller = smaller(size);
      for (int count = size; count > smaller; count--) {
        int rows = count;
        programs[rows] = program;
        after[rows] =
            program.state().parts().stream()
                .map(part -> part.view(0, Shape.of(rows * part.extent(2))))
                .toArray(Tensor[]::new);
        kept[rows] =
            table.parts().stream().map(part -> table.window(part, 0, rows)).toArray(Tensor[]::new);
      }
      size = smaller;
    }
  }

  /** Returns the largest of 1, 2, 3, 4, 6, 8, 12, 16, 24 … below a size. */
  private static int smaller(int size) {
    if (size <= 4) {
      return size - 1;
    }
    int power = Integer.highestOneBit(size - 1);
    return size > power + power / 2 ? power + power / 2 : power;
  }

  private static NetworkState first(NetworkState all, int rows) {
    List<State> layers = new ArrayList<>();
    for (State layer : all.layers()) {
      layers.add(new State(layer.parts().stream().map(part -> first(part, rows)).toList()));
    }
    return new NetworkState(layers);
  }

  /** Returns the first rows of {@code [1, B]} or {@code [1, B, F]}. */
  private static Tensor first(Tensor all, int rows) {
    return all.view(0, all.shape().with(1, rows));
  }

  /** Sets the input of a row to features of an array. */
  void put(int row, float[] input, int from) {
    System.arraycopy(input, from, values, row * features, features);
  }

  /** Sets the input of a row to an index. */
  void put(int row, int index) {
    indices[row] = index;
  }

  /** Runs the first rows, at least one, and stores their new states. */
  void run(int rows) {
    StepProgram program = programs[rows];
    if (indices.length > 0) {
      backend.upload(indices, 0, program.x());
    } else {
      backend.upload(values, 0, program.x());
    }
    program.replay().run();
    for (int part = 0; part < kept[rows].length; part++) {
      backend.kernels().copy(after[rows][part], kept[rows][part]);
    }
    backend.download(program.y(), answers, 0);
  }

  /** Copies the predictions of a row to an array. */
  void take(int row, float[] to, int at) {
    System.arraycopy(answers, row * outputs, to, at, outputs);
  }
}
