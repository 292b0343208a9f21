package org.recur4j.models.internal.assembly;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.ReferenceCell;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.internal.recurrent.RecurrentCells;
import org.recur4j.models.internal.recurrent.RecurrentLayer;

/**
 * Builds recurrent layers with PyTorch's names for their weights: {@code rnn.weight_ih_l0}, {@code
 * rnn.weight_ih_l0_reverse}; a trained initial state is {@code rnn.h_0_l0}, {@code rnn.c_0_l0}.
 *
 * @param backend the backend
 * @param dataType the data type of weights and activations
 * @param weights the source of the parameters
 * @param prefix the prefix of every name, for example {@code "rnn."}
 * @param stepwise whether to run step by step even where a plan exists
 */
public record RecurrentAssembly(
    Backend backend, DataType dataType, ParameterFactory weights, String prefix, boolean stepwise) {
  /**
   * Builds a layer of reference cells.
   *
   * @param spec the description of the layer
   * @param inputSize I
   * @param number number of the layer among those with the same prefix
   * @param stream random stream of its recurrent dropout, unique within a model
   * @return the layer, to be closed by the caller
   */
  public RecurrentLayer layer(RecurrentLayerSpec spec, int inputSize, int number, int stream) {
    return layer(
        spec.cell().toString(),
        spec.options(),
        (source, features) ->
            ReferenceCell.of(source, spec.direction(Direction.FORWARD).toSpec(features, dataType)),
        inputSize,
        number,
        stream);
  }

  /**
   * Builds a layer of any cells.
   *
   * @param kind the name of the cell in summaries
   * @param options the options of the layer
   * @param factory creates the cell of each direction
   * @param inputSize I
   * @param number number of the layer among those with the same prefix
   * @param stream random stream of its recurrent dropout, unique within a model
   * @return the layer, to be closed by the caller
   */
  public RecurrentLayer layer(
      String kind,
      RecurrentOptions options,
      Cell.Factory factory,
      int inputSize,
      int number,
      int stream) {
    String layer = "_l" + number;
    Direction direction = options.direction();
    List<Cell> directions = new ArrayList<>();
    List<Parameter> parameters = new ArrayList<>();
    for (int d = 0; d < direction.count(); d++) {
      String suffix = layer + (direction.isReverse(d) ? "_reverse" : "");
      Cell cell = factory.create(weights.cell(options.initialization(), prefix, suffix), inputSize);
      directions.add(cell);
      for (Parameter parameter : cell.parameters()) {
        parameters.add(new Parameter(prefix + parameter.name() + suffix, parameter.value()));
      }
    }
    List<Parameter> initialState = new ArrayList<>();
    if (options.learnedInitialState()) {
      List<Integer> sizes = RecurrentCells.stateSizes(backend, directions.get(0));
      for (int part = 0; part < sizes.size(); part++) {
        String name = prefix + RecurrentCells.partName(part) + "_0" + layer;
        initialState.add(weights.initialState(name, direction.count(), sizes.get(part)));
      }
      parameters.addAll(initialState);
    }
    RecurrentCells cells = new RecurrentCells(directions, parameters, initialState);
    String name = options.describe(kind, inputSize, directions.get(0).hiddenSize());
    return new RecurrentLayer(name, backend, cells, options, stream, stepwise);
  }
}
