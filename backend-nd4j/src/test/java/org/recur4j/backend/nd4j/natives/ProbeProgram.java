package org.recur4j.backend.nd4j.natives;

import java.nio.file.Files;
import java.nio.file.Path;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.backend.nd4j.Nd4jProvider;

/** What a fresh Java machine says of the backend: probe, open, probe again. */
final class ProbeProgram {
  private ProbeProgram() {}

  public static void main(String[] arguments) {
    Nd4jProvider provider = new Nd4jProvider();
    System.out.println("probe: " + provider.probe());
    String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
    System.out.println("unpacked by the probe: " + (cache != null && Files.exists(Path.of(cache))));
    try {
      provider.open(BackendOptions.defaults()).close();
      System.out.println("open: done");
    } catch (BackendException refused) {
      System.out.println("open: " + refused.getMessage());
    }
    System.out.println("again: " + new Nd4jProvider().probe());
  }
}
