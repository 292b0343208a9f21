package org.recur4j.backend.cuda;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;
import org.recur4j.backend.cuda.twin.WithCublasTwin;
import org.recur4j.conformance.BackendContract;
import org.recur4j.conformance.Promise;

/**
 * The kit with products handed to cuBLAS as far as our side of it goes: on the CPU twin a stand-in
 * of our own multiplies. Nothing of NVIDIA's runs here.
 */
@Tag("cpu-twin")
@Tag("thorough")
@ExtendWith(OnCpuTwin.class)
@WithCublasTwin
class CublasContractTest extends BackendContract {
  private static final long SEED = 22;

  @BeforeAll
  static void scatter() {
    CpuTwin.seed(SEED);
  }

  @Override
  protected BackendProvider provider() {
    return new CudaProvider();
  }

  @Override
  protected BackendOptions options() {
    return BackendOptions.defaults().withSetting("products", "cublas");
  }

  @Override
  protected List<Promise> promises() {
    return CudaContractTest.PROMISES;
  }
}
