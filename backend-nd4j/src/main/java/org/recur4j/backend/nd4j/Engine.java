package org.recur4j.backend.nd4j;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.nativeblas.NativeOps;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.error.BackendException;

/**
 * ND4J's loaded native library and its OpenBLAS, held to one thread. That library is loaded once a
 * process, whoever asks; that it could not be loaded is therefore remembered for the process too.
 */
final class Engine {
  private static volatile Availability.Unavailable failure;

  private final NativeOps operations;

  private Engine(NativeOps operations) {
    this.operations = operations;
  }

  /** Present and, as far as anybody tried, loadable. Loads nothing itself. */
  static Availability probe() {
    Availability.Unavailable known = failure;
    return known != null ? known : Natives.look();
  }

  /** Loads what is not loaded yet. */
  static Engine load() {
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
            "ND4J's natives, loaded",
            "To go on, " + why.remedy());
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }

  /** Its own threads would cut a product differently on every machine; the cut is ours. */
  private void holdBlasToOneThread() {
    openblas_nolapack.blas_set_num_threads(1);
    int threads = blasThreads();
    if (threads != 1) {
      throw new BackendException(
          "open backend 'nd4j'",
          "an OpenBLAS that keeps " + threads + " threads",
          "one thread, on which results depend",
          "Set the environment variable OPENBLAS_NUM_THREADS to 1");
    }
  }

  /** Threads OpenBLAS uses for a product. */
  static int blasThreads() {
    return openblas_nolapack.blas_get_num_threads();
  }

  /** Native memory, not zeroed. */
  Pointer allocate(long bytes) {
    Pointer block = operations.mallocHost(bytes, 0);
    if (block == null || block.isNull()) {
      throw new BackendException(
          "allocate " + bytes + " bytes of native memory",
          "a refusal of the operating system",
          "a block of that size",
          "Use smaller batches, or give the process more memory");
    }
    return block;
  }

  void free(Pointer block) {
    operations.freeHost(block);
  }
}
