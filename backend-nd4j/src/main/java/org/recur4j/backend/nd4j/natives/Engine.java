package org.recur4j.backend.nd4j.natives;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.nativeblas.NativeOps;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.error.BackendException;

/**
 * ND4J's loaded native library and its OpenBLAS, which is limited to one thread. A process loads a
 * native library once, so a failure to load it is remembered for the process, too.
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

  /** Loads the libraries unless they are loaded. */
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
