package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.training.model.Trainable;

/** A copy of the weights of the best epoch so far. */
final class BestWeights {
  private final Trainable<?> trainable;
  private final Scope scope;
  private final List<Tensor> kept = new ArrayList<>();

  BestWeights(Trainable<?> trainable, Scope scope) {
    this.trainable = trainable;
    this.scope = scope;
  }

  boolean areThere() {
    return !kept.isEmpty();
  }

  /** Returns the tensors of the copy under unique names, creating them first if there are none. */
  List<Parameter> memory() {
    List<Parameter> memory = new ArrayList<>();
    List<Parameter> parameters = trainable.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor value = parameters.get(i).value();
      if (kept.size() == i) {
        kept.add(scope.create(value.dataType(), value.shape()));
      }
      memory.add(new Parameter("best." + parameters.get(i).name(), kept.get(i)));
    }
    return memory;
  }

  void remember() {
    List<Parameter> memory = memory();
    for (int i = 0; i < memory.size(); i++) {
      Tensor value = trainable.parameters().get(i).value();
      trainable.backend().kernels().copy(value, memory.get(i).value());
    }
  }

  /** Restores the weights from the copy, if there is one. */
  void putBack() {
    for (int i = 0; i < kept.size(); i++) {
      trainable.backend().kernels().copy(kept.get(i), trainable.parameters().get(i).value());
    }
    if (!kept.isEmpty()) {
      trainable.refresh();
    }
  }
}
