package org.recur4j.models.internal.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Fusable;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.ReferenceCell;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The cells of one recurrent layer with all trainable parameters.
 *
 * @param directions one cell per direction, forward first
 * @param parameters parameters of the cells, named as in the model file, then those of the initial
 *     state
 * @param initialState trained initial state, one tensor {@code [D, H]} per part; empty if the cells
 *     define the initial state
 */
public record RecurrentCells(
    List<Cell> directions, List<Parameter> parameters, List<Parameter> initialState) {
  /** Copies the lists and validates that the cells have the same size. */
  public RecurrentCells {
    directions = List.copyOf(directions);
    parameters = List.copyOf(parameters);
    initialState = List.copyOf(initialState);
    if (directions.stream().mapToInt(Cell::hiddenSize).distinct().count() != 1) {
      throw new InvalidArgumentException(
          "recurrent layer",
          "cells of sizes " + directions.stream().map(Cell::hiddenSize).toList(),
          "at least one cell, all of one size",
          "Build the cells of all directions with the same size");
    }
  }

  int hiddenSize() {
    return directions.get(0).hiddenSize();
  }

  /** Returns one element per direction if one plan can run all cells, else an empty list. */
  List<Fusable> fusables() {
    List<Fusable> all = new ArrayList<>();
    directions.forEach(cell -> cell.fusable().ifPresent(all::add));
    boolean alike = all.stream().map(Fusable::spec).distinct().count() == 1;
    return alike && all.size() == directions.size() ? all : List.of();
  }

  /**
   * Returns whether the initial state is zero, as for the reference cells; plans represent it as
   * null.
   */
  boolean hasZeroInitialState() {
    return initialState.isEmpty() && directions.stream().allMatch(ReferenceCell.class::isInstance);
  }

  /** Returns the initial state, parts {@code [D, B, H]}. */
  State initial(Ops ops, int batch) {
    if (initialState.isEmpty()) {
      return joined(ops, directions.stream().map(cell -> cell.initialState(ops, batch)).toList());
    }
    List<Tensor> parts = new ArrayList<>();
    for (Parameter parameter : initialState) {
      Tensor one = parameter.value();
      int size = one.extent(1);
      // Broadcasting repeats it for every row, and sums the gradients of the rows in the backward
      // pass.
      parts.add(
          ops.add(
              ops.zeros(one.dataType(), directions.size(), batch, size),
              ops.reshape(one, directions.size(), 1, size)));
    }
    return new State(parts);
  }

  /** Returns one direction of a state, parts {@code [B, H]}. */
  static State direction(Ops ops, State state, int direction) {
    return new State(state.parts().stream().map(part -> direction(ops, part, direction)).toList());
  }

  /** Returns one direction of {@code [D, B, H]}. */
  static Tensor direction(Ops ops, Tensor part, int direction) {
    Tensor one = part.extent(0) == 1 ? part : ops.slice(part, 0, direction, direction + 1);
    return ops.reshape(one, part.extent(1), part.extent(2));
  }

  /** Stacks the states of the directions, parts {@code [D, B, H]}. */
  static State joined(Ops ops, List<State> directions) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < directions.get(0).parts().size(); i++) {
      Tensor[] each = new Tensor[directions.size()];
      for (int d = 0; d < each.length; d++) {
        Tensor part = directions.get(d).parts().get(i);
        each[d] = ops.reshape(part, 1, part.extent(0), part.extent(1));
      }
      parts.add(each.length == 1 ? each[0] : ops.concatenate(0, each));
    }
    return new State(parts);
  }

  /**
   * Returns the size of each part of a cell's state.
   *
   * @param backend backend of the cell
   * @param cell any cell
   * @return sizes, H first
   */
  public static List<Integer> stateSizes(Backend backend, Cell cell) {
    try (Scope scope = backend.scope("sizes of a state")) {
      State state = cell.initialState(new EagerOps(backend, scope), 1);
      return state.parts().stream().map(part -> part.extent(1)).toList();
    }
  }

  /**
   * Returns the name of a part of a state in model files.
   *
   * @param part index of the part, from 0
   * @return h, c, then s2, s3 …
   */
  public static String partName(int part) {
    return part == 0 ? "h" : part == 1 ? "c" : "s" + part;
  }

  /** Validates that a state is one of these cells for the given number of rows. */
  void check(String layer, List<Integer> sizes, State state, int batch) {
    boolean fits = state.parts().size() == sizes.size();
    for (int i = 0; fits && i < sizes.size(); i++) {
      Shape wanted = Shape.of(directions.size(), batch, sizes.get(i));
      fits = state.parts().get(i).shape().equals(wanted);
    }
    if (!fits) {
      throw new InvalidArgumentException(
          layer,
          "an initial state of " + state.parts().stream().map(Tensor::shape).toList(),
          sizes.stream().map(size -> Shape.of(directions.size(), batch, size)).toList()
              + ": directions, rows, size of each part",
          "Pass the last state of this layer for a batch with the same number of rows, or null");
    }
  }
}
