package org.recur4j.conformance.toy;

import org.recur4j.api.backend.BackendProvider;
import org.recur4j.conformance.BackendContract;

class ToyBackendTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new ToyProvider();
  }
}
