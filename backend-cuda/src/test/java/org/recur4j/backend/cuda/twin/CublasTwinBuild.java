package org.recur4j.backend.cuda.twin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compiles the stand-in for cuBLAS beside the twin whose streams it works in, under the name and
 * the version that JCublas2 asks for. What JCublas2 imports beyond it answers "not supported".
 */
final class CublasTwinBuild {
  private static final String NAME = "libcublas.so.12";
  private static final String NATIVES = "/lib/libJCublas2-12.6.0-linux-x86_64.so";
  private static final Path SOURCE = CpuTwinBuild.TWIN.resolve("cublas.cpp");
  private static final Pattern IMPORT =
      Pattern.compile("\\b(cublas[A-Z]\\w+)@" + NAME + "$", Pattern.MULTILINE);
  private static final Pattern EXPORT = Pattern.compile("EXPORT int (cublas\\w+)");
  private static final int NOT_SUPPORTED = 15;

  private CublasTwinBuild() {}

  /** The library, in the folder of the twin, which is one for each version of the sources. */
  static Path build(Path twin) throws IOException {
    Path work = twin.toAbsolutePath().getParent();
    Path library = work.resolve(NAME);
    if (Files.exists(library)) {
      return library;
    }
    Path stubs = work.resolve("cublas-stubs.cpp");
    Path version = work.resolve("cublas.map");
    Files.writeString(
        stubs, CpuTwinBuild.stubs(work, NATIVES, IMPORT, EXPORT, SOURCE, NOT_SUPPORTED));
    Files.writeString(version, NAME + " { global: *; };\n");
    Path built = work.resolve("cublas-built");
    List<String> command = new ArrayList<>(List.of("g++"));
    command.addAll(CpuTwinBuild.FLAGS);
    command.addAll(List.of("-shared", "-Wl,-soname," + NAME, "-Wl,--version-script=" + version));
    command.addAll(List.of("-o", built.toString(), SOURCE.toString(), stubs.toString()));
    command.addAll(List.of("-L" + work, "-l:" + twin.getFileName()));
    CpuTwinBuild.run(work, command);
    Files.move(built, library);
    return library;
  }
}
