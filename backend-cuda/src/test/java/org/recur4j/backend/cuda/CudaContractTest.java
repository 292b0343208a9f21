package org.recur4j.backend.cuda;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;
import org.recur4j.conformance.BackendContract;
import org.recur4j.conformance.Promise;

/** The whole kit on the CPU twin, threads in scattered order. Nothing here ran on a device. */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
class CudaContractTest extends BackendContract {
  private static final Set<Precision> PRECISIONS = Set.of(Precision.FULL, Precision.TF32);

  static final List<Promise> PROMISES =
      List.of(
          new Promise(
              "tanh or ReLU vanilla cells, LSTM and GRU with their usual activations",
              spec -> FusedCell.obstacle(spec, PRECISIONS) == null));

  private static final long SEED = 20;

  @BeforeAll
  static void scatter() {
    CpuTwin.seed(SEED);
  }

  @Override
  protected BackendProvider provider() {
    return new CudaProvider();
  }

  @Override
  protected List<Promise> promises() {
    return PROMISES;
  }
}
