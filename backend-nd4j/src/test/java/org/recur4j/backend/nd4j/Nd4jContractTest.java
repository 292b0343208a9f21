package org.recur4j.backend.nd4j;

import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.conformance.BackendContract;

class Nd4jContractTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new Nd4jProvider();
  }

  @Override
  protected BackendOptions options() {
    return BackendOptions.defaults().withThreads(2);
  }
}
