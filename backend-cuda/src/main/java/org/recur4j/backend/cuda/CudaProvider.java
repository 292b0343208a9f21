package org.recur4j.backend.cuda;

import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.error.BackendException;
import org.recur4j.backend.cuda.driver.DeviceFacts;
import org.recur4j.backend.cuda.product.ProductEngine;
import org.recur4j.backend.cuda.product.Tiling;

/**
 * The provider of the backend for NVIDIA devices, which is available if there are JCuda's native
 * libraries, a driver and a device.
 *
 * <p>The setting {@code products} selects the engine of matrix products: {@code own}, the default,
 * for the backend's own kernels, or {@code cublas} for NVIDIA's library, whose results differ in
 * the last bits. With {@code cublas}, {@link #open} throws an exception with reason and remedy if
 * JCublas2 or the cuBLAS of CUDA 12 is missing.
 */
public final class CudaProvider implements BackendProvider {
  private static final int SCORE = 300;

  /** Creates a provider; called by the service loader. */
  public CudaProvider() {}

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability probe() {
    DeviceFacts.Finding finding = DeviceFacts.first();
    if (finding.obstacle() != null) {
      return finding.obstacle();
    }
    DeviceFacts facts = finding.facts();
    return new Availability.Available(
        SCORE, facts.describe() + "; " + ProductEngine.describeOwn(facts));
  }

  @Override
  public Backend open(BackendOptions options) {
    options.requireSettings(name(), ProductEngine.settings());
    DeviceFacts.Finding finding = DeviceFacts.find(options.device());
    if (finding.obstacle() != null) {
      throw new BackendException(
          "open backend 'cuda'",
          finding.obstacle().reason(),
          "an available backend",
          "To go on, " + finding.obstacle().remedy());
    }
    return CudaBackend.open(options, finding.facts(), Tiling.BY_SHAPE);
  }
}
