package org.recur4j.backend.cuda.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.backend.cuda.driver.LoadedDriver;

/**
 * Runs a test class against the CPU twin of a device: real JCuda, real natives, the real kernels'
 * sources. The library lives as long as the virtual machine, and JCuda stays bound to it, so these
 * classes carry the tag {@code cpu-twin} and share a virtual machine that no other test enters;
 * each begins with the twin's usual settings. Skips the class, and says why, where the twin cannot
 * be built.
 */
public final class OnCpuTwin implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
  private static final String KEY = "loaded";

  /** Part of every twin, so that the kernels are compiled once. */
  private static final Path FAULTS = CpuTwinBuild.TWIN.resolve("faults.cu");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent()) {
      return ConditionEvaluationResult.enabled("the class decides");
    }
    String obstacle = CpuTwinBuild.obstacle();
    if (obstacle != null) {
      System.out.println(context.getDisplayName() + ": not run, " + obstacle);
      return ConditionEvaluationResult.disabled(obstacle);
    }
    context
        .getStore(ExtensionContext.Namespace.create(OnCpuTwin.class))
        .computeIfAbsent(KEY, key -> load(context.getRequiredTestClass()));
    return ConditionEvaluationResult.enabled("the twin is loaded");
  }

  private static Boolean load(Class<?> testClass) {
    try {
      Path twin = CpuTwinBuild.build(FAULTS);
      CpuTwin.load(twin);
      if (testClass.isAnnotationPresent(WithCublasTwin.class)) {
        CublasTwin.load(CublasTwinBuild.build(twin));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the CPU twin could not be built", failure);
    }
    Unavailable missing = LoadedDriver.load();
    if (missing != null) {
      throw new IllegalStateException("JCuda does not load over the CPU twin: " + missing);
    }
    return Boolean.TRUE;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    CpuTwin.usual();
  }

  /** Whatever a test class leaves on the device is a leak of ours. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (CpuTwin.allocations() + CpuTwin.pinned() + CpuTwin.contexts() + CpuTwin.streams() != 0) {
      throw new AssertionError(
          "left on the device: "
              + CpuTwin.allocations()
              + " allocations, "
              + CpuTwin.pinned()
              + " pinned buffers, "
              + CpuTwin.contexts()
              + " contexts, "
              + CpuTwin.streams()
              + " streams; want none of each after the last backend was closed");
    }
  }
}
