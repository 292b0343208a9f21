package org.recur4j.backend.cuda;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.backend.cuda.driver.DeviceFacts;
import org.recur4j.backend.cuda.product.ProductEngine;
import org.recur4j.backend.cuda.product.Tiling;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;
import org.recur4j.conformance.BackendContract;
import org.recur4j.conformance.Promise;

/** The kit once more with every step a launch of its own, as large cells run, and another order. */
@Tag("cpu-twin")
@Tag("thorough")
@ExtendWith(OnCpuTwin.class)
class CudaStepsContractTest extends BackendContract {
  private static final long SEED = 1;

  @BeforeAll
  static void descend() {
    CpuTwin.seed(SEED);
  }

  @Override
  protected BackendProvider provider() {
    return new StepsProvider();
  }

  @Override
  protected List<Promise> promises() {
    return CudaContractTest.PROMISES;
  }

  /** The provider, without the kernels that keep W_hh in shared memory. */
  private static final class StepsProvider implements BackendProvider {
    private final CudaProvider real = new CudaProvider();

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public int spiVersion() {
      return real.spiVersion();
    }

    @Override
    public Availability probe() {
      return real.probe();
    }

    @Override
    public Backend open(BackendOptions options) {
      options.requireSettings(name(), ProductEngine.settings());
      return CudaBackend.open(options, DeviceFacts.first().facts(), new Steps());
    }
  }

  private static final class Steps implements Tiling {
    @Override
    public int gemm(int m, int n, int count) {
      return Tiling.square(m, n, count);
    }

    @Override
    public Tiling.StepTile step(int batch, int size) {
      return Tiling.StepTile.suited(batch, size);
    }

    @Override
    public boolean resident(int steps) {
      return false;
    }
  }
}
