package org.recur4j.conformance.toy;

import java.util.List;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.conformance.BackendContract;
import org.recur4j.conformance.Promise;

/** The fused toy; all else of it is the plain toy. */
class ToyBackendTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new FusedToyProvider();
  }

  @Override
  protected List<Promise> promises() {
    return List.of(
        new Promise(
            "LSTM with the usual activations",
            spec ->
                spec.cell() == CellKind.LSTM
                    && spec.activation().equals(Activation.TANH)
                    && spec.gateActivation().equals(Activation.SIGMOID)));
  }
}
