package org.recur4j.backend.cuda;

import org.junit.jupiter.api.extension.ExtendWith;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.conformance.BackendContract;

/**
 * The whole kit on a device, where there is one; elsewhere it says why it did not run. {@code
 * gpu-check.sh} runs it, under compute-sanitizer too.
 */
@ExtendWith(OnDevice.class)
class CudaDeviceTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new CudaProvider();
  }
}
