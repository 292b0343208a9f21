package org.recur4j.backend.cuda.twin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles the driver and the kernels' sources with g++ into one library, again only when either
 * changes. Driver functions that JCuda asks for and the twin does not have answer "not supported".
 */
final class CpuTwinBuild {
  private static final Path KERNELS = Path.of("src/main/cuda");
  static final Path TWIN = Path.of("src/test/twin");
  private static final Path TARGET = Path.of("target/cpu-twin");
  private static final String NATIVES = "/lib/libJCudaDriver-12.6.0-linux-x86_64.so";
  private static final Pattern ENTRY =
      Pattern.compile(
          "extern \"C\" __global__ void\\s+(?:__launch_bounds__\\([^)]*\\)\\s+)?(\\w+)\\(");
  private static final int NOT_SUPPORTED = 801;
  private static final Pattern EXPORT = Pattern.compile("EXPORT int (cu\\w+)");
  private static final Pattern IMPORT = Pattern.compile("\\b(cu[A-Z]\\w+)$", Pattern.MULTILINE);
  static final List<String> FLAGS =
      List.of(
          "-std=c++17",
          "-O2",
          "-g1",
          "-fPIC",
          "-fvisibility=hidden",
          "-ffp-contract=off",
          "-march=native",
          "-Wall",
          "-Wno-unknown-pragmas",
          "-Wno-sign-compare");

  private CpuTwinBuild() {}

  /** Why the twin cannot be built here, or null. */
  static String obstacle() {
    if (!System.getProperty("os.name").startsWith("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      return "the CPU twin of a CUDA device needs Linux on x86-64";
    }
    for (String tool : List.of("g++", "nm")) {
      try {
        if (new ProcessBuilder(tool, "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            != 0) {
          return tool + " does not run, and the CPU twin of a CUDA device is built with it";
        }
      } catch (IOException absent) {
        return tool + " is not installed, and the CPU twin of a CUDA device is built with it";
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return "interrupted while looking for " + tool;
      }
    }
    return null;
  }

  /** The library, built from the sources as they are; extra kernels may come along. */
  static Path build(Path... extraKernels) throws IOException {
    List<Path> sources = new ArrayList<>(files(KERNELS));
    sources.addAll(files(TWIN));
    sources.addAll(Arrays.asList(extraKernels));
    String digest = digest(sources);
    Path library = TARGET.resolve(digest).resolve("libcuda.so.1");
    if (Files.exists(library)) {
      return library;
    }
    Path work = Files.createDirectories(TARGET.resolve(digest));
    Files.writeString(work.resolve("registry.cpp"), registry(extraKernels));
    Files.writeString(
        work.resolve("stubs.cpp"),
        stubs(work, NATIVES, IMPORT, EXPORT, TWIN.resolve("driver.cpp"), NOT_SUPPORTED));
    Path built = work.resolve("built");
    List<String> command = new ArrayList<>(List.of("g++"));
    command.addAll(FLAGS);
    command.addAll(
        List.of(
            "-include",
            TWIN.resolve("cuda_shim.h").toString(),
            "-I" + TWIN,
            "-I" + KERNELS,
            "-I."));
    command.addAll(List.of("-shared", "-Wl,-soname,libcuda.so.1", "-o", built.toString()));
    command.add(TWIN.resolve("engine.cpp").toString());
    command.add(TWIN.resolve("driver.cpp").toString());
    command.add(work.resolve("registry.cpp").toString());
    command.add(work.resolve("stubs.cpp").toString());
    run(work, command);
    Files.move(built, library);
    return library;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList();
    }
  }

  private static String digest(List<Path> sources) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(FLAGS.toString().getBytes(StandardCharsets.UTF_8));
      for (Path source : sources) {
        digest.update(source.toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(source));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IOException(impossible);
    }
  }

  private static String registry(Path... extraKernels) throws IOException {
    StringBuilder text = new StringBuilder("#include \"engine.h\"\n#include \"recur4j.cu\"\n");
    List<Path> sources = new ArrayList<>(files(KERNELS));
    for (Path extra : extraKernels) {
      text.append("#include \"").append(extra.toAbsolutePath()).append("\"\n");
      sources.add(extra);
    }
    for (Path source : sources) {
      Matcher entries = ENTRY.matcher(Files.readString(source));
      while (entries.find()) {
        text.append("TWIN_KERNEL(").append(entries.group(1)).append(");\n");
      }
    }
    return text.toString();
  }

  /** Functions that a native library of JCuda imports and a source does not have: all refuse. */
  static String stubs(
      Path work, String nativeLibrary, Pattern imports, Pattern exports, Path source, int refusal)
      throws IOException {
    Path natives = work.resolve(Path.of(nativeLibrary).getFileName());
    try (InputStream stream = CpuTwinBuild.class.getResourceAsStream(nativeLibrary)) {
      Files.write(natives, stream.readAllBytes());
    }
    String symbols = run(work, List.of("nm", "-D", "--undefined-only", natives.toString()));
    Set<String> wanted = new TreeSet<>();
    imports.matcher(symbols).results().forEach(found -> wanted.add(found.group(1)));
    exports
        .matcher(Files.readString(source))
        .results()
        .forEach(found -> wanted.remove(found.group(1)));
    return "#include <cstdio>\n"
        + wanted.stream()
            .map(
                name ->
                    "extern \"C\" __attribute__((visibility(\"default\"))) int "
                        + name
                        + "() { fprintf(stderr, \"[cpu twin] "
                        + name
                        + " is not implemented\\n\"); return "
                        + refusal
                        + "; }\n")
            .collect(Collectors.joining());
  }

  static String run(Path work, List<String> command) throws IOException {
    Path log = work.resolve("log");
    try {
      int code =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      String output = Files.readString(log);
      if (code != 0) {
        throw new IOException(command.get(0) + " ended with " + code + ":\n" + output);
      }
      return output;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }
}
