package org.recur4j.backend.cuda.ptx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.recur4j.backend.cuda.CudaProvider;

/** One committed PTX file as text, with what its first lines and its directives say. */
public record PtxFile(int architecture, String text) {
  static final List<Integer> ARCHITECTURES = List.of(75, 80, 90);

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\.visible \\.entry (\\w+)\\((.*?)\\)((?:\\s*\\.\\w+ [0-9, ]+)*)\\s*\\{",
          Pattern.DOTALL);
  private static final Pattern THREADS =
      Pattern.compile("\\.(?:max|req)ntid (\\d+)(?:, *(\\d+))?(?:, *(\\d+))?");

  /** The folder of this module, wherever the tests are started from. */
  public static Path module() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }

  public static Path sources() {
    return module().resolve("src/main/cuda");
  }

  static String name(int architecture) {
    return "recur4j-sm" + architecture + ".ptx";
  }

  static PtxFile committed(int architecture) {
    try (InputStream in = CudaProvider.class.getResourceAsStream(name(architecture))) {
      if (in == null) {
        throw new AssertionError(
            name(architecture) + " is not among the resources: run backend-cuda/ptx.sh");
      }
      return new PtxFile(architecture, new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the header says after {@code "// key: "}; empty if it does not. */
  String header(String key) {
    String start = "// " + key + ": ";
    return text.lines()
        .limit(5)
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElse("");
  }

  /** The value of a directive that stands alone on its line, as {@code .version}. */
  String directive(String name) {
    return text.lines()
        .filter(line -> line.startsWith("." + name + " "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst()
        .orElse("");
  }

  /** Kernel names with the number of their parameters and of the threads a block may have. */
  Map<String, Entry> entries() {
    Map<String, Entry> entries = new TreeMap<>();
    for (MatchResult found : ENTRY.matcher(text).results().toList()) {
      Matcher threads = THREADS.matcher(found.group(3));
      int most = 1024;
      if (threads.find()) {
        most = 1;
        for (int i = 1; i <= 3; i++) {
          most *= threads.group(i) == null ? 1 : Integer.parseInt(threads.group(i));
        }
      }
      int parameters = found.group(2).split("\\.param", -1).length - 1;
      entries.put(found.group(1), new Entry(parameters, most));
    }
    return entries;
  }

  record Entry(int parameters, int threads) {}

  /** The sum that {@code ptx.sh} writes into the header: over sorted lines of sum and name. */
  static String digest(Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      StringBuilder lines = new StringBuilder();
      Map<String, Path> sorted = new TreeMap<>();
      files
          .filter(file -> file.toString().endsWith(".cu") || file.toString().endsWith(".cuh"))
          .forEach(
              file -> sorted.put(sources.relativize(file).toString().replace('\\', '/'), file));
      for (Map.Entry<String, Path> file : sorted.entrySet()) {
        lines.append(sum(Files.readAllBytes(file.getValue())));
        lines.append("  ").append(file.getKey()).append('\n');
      }
      return sum(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
