package org.recur4j.backend.nd4j;

import java.util.List;
import java.util.Set;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.conformance.BackendContract;
import org.recur4j.conformance.Promise;

class Nd4jContractTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new Nd4jProvider();
  }

  @Override
  protected BackendOptions options() {
    return BackendOptions.defaults().withThreads(2);
  }

  @Override
  protected List<Promise> promises() {
    return List.of(
        new Promise(
            "FLOAT32 with tanh, ReLU or logistic activations",
            spec -> FusedCell.obstacle(spec, Set.of(Precision.FULL)) == null));
  }
}
