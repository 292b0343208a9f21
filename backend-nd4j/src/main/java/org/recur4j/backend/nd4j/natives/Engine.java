package org.recur4j.backend.nd4j.natives;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.nativeblas.NativeOps;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.error.BackendException;

/**
 * ND4J's loaded native library and its OpenBLAS, which is limited to one thread. A process can load
 * a native library only once, so a failure is kept for the lifetime of the process.
 */
public final class Engine {
  private static volatile Availability.Unavailable failure;

  private final NativeOps operations;

  private Engine(NativeOps operations) {
    this.operations = operations;
  }

  /** Returns whether the libraries are present and no attempt to load them has failed. */
  public static Availability probe() {
    Availability.Unavailable known = failure;
    return known != null ? known : Natives.look();
  }

  /** Loads the libraries if they are not loaded yet. */
  public static Engine load() {
    if (probe() instanceof Availability.Unavailable missing) {
      throw refusal(missing, null);
    }
    try {
      Engine engine = new Engine(new Nd4jCpu());
      Loader.load(openblas_nolapack.class);
      engine.holdBlasToOneThread();
      return engine;
    } catch (LinkageError | RuntimeException unloadable) {
      if (unloadable instanceof BackendException explained) {
        throw explained;
      }
      failure = Natives.unloadable(unloadable);
      throw refusal(failure, unloadable);
    }
  }

  private static BackendException refusal(Availability.Unavailable why, Throwable cause) {
    BackendException refusal =
        new BackendException(
            "open backend 'nd4j'",
            why.reason(),
            "loaded native libraries of ND4J",
            "To go on, " + why.remedy());
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }

  /**
   * Limits OpenBLAS to one thread, because it would divide products depending on the machine; this
   * backend divides them by shape.
   */
  private void holdBlasToOneThread() {
    openblas_nolapack.blas_set_num_threads(1);
    int threads = blasThreads();
    if (threads != 1) {
      throw new BackendException(
          "open backend 'nd4j'",
          "an OpenBLAS with " + threads + " threads",
          "one thread, because results depend on the number of threads",
          "Set the environment variable OPENBLAS_NUM_THREADS to 1");
    }
  }

  /** Returns the number of threads that OpenBLAS uses for a product. */
  static int blasThreads() {
    return openblas_nolapack.blas_get_num_threads();
  }

  /** Allocates native memory, which is not zeroed. */
  Pointer allocate(long bytes) {
    Pointer block = operations.mallocHost(bytes, 0);
    if (block == null || block.isNull()) {
      throw new BackendException(
          "allocate " + bytes + " bytes of native memory",
          "a failure of the operating system",
          "a block of that size",
          "Use smaller batches, or make more memory available");
    }
    return block;
  }

  void free(Pointer block) {
    operations.freeHost(block);
  }
}
