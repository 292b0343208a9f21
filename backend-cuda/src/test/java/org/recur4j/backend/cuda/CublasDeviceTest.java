package org.recur4j.backend.cuda;

import org.junit.jupiter.api.extension.ExtendWith;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.conformance.BackendContract;

/**
 * The whole kit on a device with NVIDIA's cuBLAS multiplying, where there are both; elsewhere it
 * says why it did not run. {@code gpu-check.sh} runs it.
 */
@ExtendWith({OnDevice.class, WithCublas.class})
class CublasDeviceTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new CudaProvider();
  }

  @Override
  protected BackendOptions options() {
    return BackendOptions.defaults().withSetting("products", "cublas");
  }
}
