package org.recur4j.backend.cuda.ptx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.api.Assumptions;

/** NVIDIA's own PTX assembler out of JCuda's natives: it needs neither a device nor a toolkit. */
final class PtxAssembler {
  private static final Pattern KERNEL = Pattern.compile("Compiling entry function '(\\w+)'");
  private static final Pattern STACK =
      Pattern.compile(
          "(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
  private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
  private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

  private PtxAssembler() {}

  /**
   * What a kernel takes on one kind of device; bytes but for the registers, which are a thread's.
   */
  record Resources(int registers, int stack, int spillStores, int spillLoads, int shared) {}

  /** Skips the test, with the reason printed, where JCuda has no natives. */
  static void assume() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      String reason =
          "PTX not assembled: JCuda's natives in the build are for Linux x86-64, this is " + system;
      System.out.println(reason);
      Assumptions.abort(reason);
    }
  }

  /** Assembles for a device of that architecture; a failure carries the assembler's words. */
  static Map<String, Resources> assemble(PtxFile file) throws IOException {
    byte[] terminated =
        Arrays.copyOf(file.text().getBytes(StandardCharsets.US_ASCII), file.text().length() + 1);
    load();
    nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
    int created = JNvPTXCompiler.nvPTXCompilerCreate(handle, terminated.length, terminated);
    if (created != 0) {
      throw new AssertionError("the PTX assembler refused to start: error " + created);
    }
    try {
      String[] options = {"--gpu-name=sm_" + file.architecture(), "--verbose"};
      int compiled = JNvPTXCompiler.nvPTXCompilerCompile(handle, options.length, options);
      long[] size = new long[1];
      if (compiled != 0) {
        JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(handle, size);
        byte[] log = new byte[(int) size[0] + 1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLog(handle, log);
        throw new AssertionError(
            PtxFile.name(file.architecture())
                + " does not assemble: "
                + text(log)
                + ". Change the kernels, run backend-cuda/ptx.sh");
      }
      JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(handle, size);
      byte[] log = new byte[(int) size[0] + 1];
      JNvPTXCompiler.nvPTXCompilerGetInfoLog(handle, log);
      return parse(text(log));
    } finally {
      JNvPTXCompiler.nvPTXCompilerDestroy(handle);
    }
  }

  static Map<String, Resources> parse(String log) {
    Map<String, Resources> kernels = new TreeMap<>();
    String name = null;
    Matcher stack = null;
    for (String line : log.split("\n")) {
      Matcher kernel = KERNEL.matcher(line);
      if (kernel.find()) {
        name = kernel.group(1);
        stack = null;
      }
      Matcher frame = STACK.matcher(line);
      // A function that a kernel calls has its own frame, which comes after the kernel's.
      if (name != null && stack == null && frame.find()) {
        stack = frame;
      }
      Matcher registers = REGISTERS.matcher(line);
      if (name != null && stack != null && registers.find()) {
        Matcher shared = SHARED.matcher(line);
        kernels.put(
            name,
            new Resources(
                Integer.parseInt(registers.group(1)),
                Integer.parseInt(stack.group(1)),
                Integer.parseInt(stack.group(2)),
                Integer.parseInt(stack.group(3)),
                shared.find() ? Integer.parseInt(shared.group(1)) : 0));
        name = null;
      }
    }
    return kernels;
  }

  /**
   * JCuda extracts a library to the temporary folder under a fixed name and loads whatever lies
   * there; a private folder while its class initializes keeps two builds out of each other's way.
   */
  private static void load() throws IOException {
    String before = System.getProperty("java.io.tmpdir");
    Path folder = Files.createTempDirectory("recur4j-ptx-");
    System.setProperty("java.io.tmpdir", folder.toString());
    try {
      JNvPTXCompiler.nvPTXCompilerGetVersion(new int[1], new int[1]);
    } finally {
      System.setProperty("java.io.tmpdir", before);
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static String text(byte[] log) {
    return new String(log, StandardCharsets.US_ASCII).replace("\0", "").strip();
  }
}
