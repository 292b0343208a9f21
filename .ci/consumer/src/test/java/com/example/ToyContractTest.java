package com.example;

import com.example.toy.ToyProvider;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.conformance.BackendContract;

/** A third party's whole test of its backend. */
class ToyContractTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new ToyProvider();
  }
}
