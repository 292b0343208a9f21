package org.recur4j.backend.cuda.twin;

import java.nio.file.Path;

/** The door to the stand-in for cuBLAS, for tests alone. NVIDIA's cuBLAS is nowhere in it. */
public final class CublasTwin {
  private static final int HANDLES = 0;
  private static final int CALLS = 1;
  private static final int ROUNDED = 2;

  private CublasTwin() {}

  private static native long get(int what);

  /** The next product or handle is answered with this status. */
  public static native void failNext(long status);

  static void load(Path library) {
    System.load(library.toAbsolutePath().toString());
  }

  /** How many are open. */
  public static long handles() {
    return get(HANDLES);
  }

  /** Products so far. */
  public static long calls() {
    return get(CALLS);
  }

  /** Products so far whose operands were rounded to TF32. */
  public static long rounded() {
    return get(ROUNDED);
  }
}
