package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuModuleUnload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import org.recur4j.api.error.BackendException;

/** The compiled kernels, loaded into a context. */
public final class KernelModule implements AutoCloseable {
  /** The pattern of an entry and the size of its only parameter, a struct passed by value. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\.entry\\s+(\\w+)\\s*\\(\\s*\\.param\\s+\\.align\\s+\\d+\\s+\\.b8\\s+\\w+\\[(\\d+)\\]\\s*\\)");

  /** The resource folder of the compiled kernels. */
  private static final String FOLDER = "/org/recur4j/backend/cuda/";

  private final CUmodule module = new CUmodule();
  private final Map<String, Integer> argumentBytes = new HashMap<>();

  /** Loads the kernels for a target such as {@code "sm80"}. The context must be current. */
  KernelModule(String target) {
    byte[] text = read("recur4j-" + target + ".ptx");
    Matcher entries = ENTRY.matcher(new String(text, StandardCharsets.US_ASCII));
    while (entries.find()) {
      argumentBytes.put(entries.group(1), Integer.valueOf(entries.group(2)));
    }
    // The driver expects zero-terminated text.
    byte[] terminated = Arrays.copyOf(text, text.length + 1);
    CudaFailure.check(cuModuleLoadData(module, terminated), "load the CUDA kernels for " + target);
  }

  private static byte[] read(String resource) {
    try (InputStream stream = KernelModule.class.getResourceAsStream(FOLDER + resource)) {
      if (stream == null) {
        throw new BackendException(
            "load the CUDA kernels",
            "no resource " + resource,
            "the resource",
            "Use a complete jar");
      }
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new BackendException(
          "load the CUDA kernels", failure.toString(), "a readable resource", "Use a complete jar");
    }
  }

  /** Returns the kernel with the name of a C function. */
  public Kernel kernel(String name) {
    Integer bytes = argumentBytes.get(name);
    if (bytes == null) {
      throw new BackendException(
          "find the CUDA kernel " + name,
          "kernels " + argumentBytes.keySet(),
          "one of that name with one struct as its parameter",
          "Use a jar whose PTX belongs to its classes");
    }
    CUfunction function = new CUfunction();
    CudaFailure.check(cuModuleGetFunction(function, module, name), "find the CUDA kernel " + name);
    return new Kernel(name, function, bytes);
  }

  @Override
  public void close() {
    CudaFailure.check(cuModuleUnload(module), "unload the CUDA kernels");
  }
}
