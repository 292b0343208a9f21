package com.example;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link Program} in a class loader that the application's own one knows nothing of, as servers and plug-in hosts do. */
public final class IsolatedProgram {
  private IsolatedProgram() {}

  /** Arguments: the folder of the program's classes, the folder of its libraries. */
  public static void main(String[] args) throws Exception {
    List<URL> places = new ArrayList<>();
    places.add(new File(args[0]).toURI().toURL());
    for (File jar : new File(args[1]).listFiles()) {
      places.add(jar.toURI().toURL());
    }
    // The thread's context class loader stays the application's: it sees no library, or a copy of the host's own.
    try (URLClassLoader loader =
        new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> program = loader.loadClass("com.example.Program");
      program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }
  }
}
