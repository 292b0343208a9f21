package org.recur4j.backend.nd4j.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.NativesPresent;
import org.recur4j.backend.nd4j.PlanRig;

/** Native memory is given back by scopes, plans and the backend, never by the garbage collector. */
class NativeMemoryTest {
  private static final BackendOptions OPTIONS =
      BackendOptions.defaults().withThreads(2).withOnLeak(leaks -> {});

  @Test
  void closingTheBackendFreesEveryByte() {
    Backend backend = NativesPresent.open(OPTIONS);
    NativeMemory memory = (NativeMemory) backend.memory();
    PlanRig forgotten = rig(backend);
    assertThat(forgotten.pass.workspaceBytes()).isPositive();
    assertThat(memory.nativeBytes()).isGreaterThan(forgotten.pass.workspaceBytes());
    backend.close();
    assertThat(memory.nativeBytes()).isZero();
  }

  @Test
  void closingAPlanFreesItsWeights() {
    Backend backend = NativesPresent.open(OPTIONS);
    NativeMemory memory = (NativeMemory) backend.memory();
    PlanRig rig = rig(backend);
    long before = memory.nativeBytes();
    long packed = rig.plan.report().packedBytes();
    rig.plan.close();
    rig.plan.close();
    assertThat(packed).isEqualTo(4L * (4 * 24 * 12 + 4 * 24 * 24));
    assertThat(memory.nativeBytes()).isEqualTo(before - packed);
    backend.close();
  }

  @Test
  void steadyStepsAllocateNothingNative() {
    assertThat(grownBy(300)).isZero();
  }

  /** Our own count is not enough: the operating system has to see it too. */
  @Test
  void whatIsTrimmedGoesBackToTheSystem() {
    try (Backend backend = NativesPresent.open(OPTIONS)) {
      long before = Pointer.physicalBytes();
      for (int round = 0; round < 30; round++) {
        try (Scope scope = backend.scope("large")) {
          backend.kernels().fill(1, scope.create(DataType.FLOAT32, Shape.of(4_000_000)));
        }
        backend.memory().trim();
      }
      // Thirty times 16 MB would be 480.
      assertThat(Pointer.physicalBytes() - before).isLessThan(120_000_000);
    }
  }

  @Test
  void refusesWhatItCannotHold() {
    try (Backend backend = NativesPresent.open(OPTIONS);
        Scope scope = backend.scope("too much")) {
      assertThatThrownBy(() -> scope.create(DataType.FLOAT64, Shape.of(2)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("FLOAT64")
          .hasMessageContaining("ejml");
      assertThatThrownBy(() -> scope.create(DataType.FLOAT32, Shape.of(600_000_000)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("bytes per tensor")
          .hasMessageContaining("Use smaller batches");
    }
  }

  /** Native bytes that steps of training and inference left behind after the first ten. */
  private static long grownBy(int steps) {
    try (Backend backend = NativesPresent.open(OPTIONS)) {
      NativeMemory memory = (NativeMemory) backend.memory();
      try (PlanRig rig = rig(backend);
          Scope scope = backend.scope("step")) {
        long before = 0;
        for (int step = 0; step < steps; step++) {
          scope.reset();
          Tensor scale = scope.create(DataType.FLOAT32, Shape.of(1, 32));
          backend.kernels().fill(0.5, scale);
          rig.forward();
          rig.backward();
          Tensor loss = scope.create(DataType.FLOAT32, Shape.of(16 * 8, 32));
          Tensor y = rig.out.y().reshape(Shape.of(16 * 8, 24));
          Tensor head = scope.create(DataType.FLOAT32, Shape.of(24, 32));
          backend.kernels().fill(0.1, head);
          backend.kernels().gemm(false, false, 1, y, head, 0, loss);
          if (step == 10) {
            before = memory.nativeBytes();
          }
        }
        return memory.nativeBytes() - before;
      }
    }
  }

  /** The operating system's view, over the ten thousand steps of a small training. */
  @Test
  @Tag("exhaustive")
  void processMemoryIsFlatOverTenThousandSteps() {
    try (Backend backend = NativesPresent.open(OPTIONS);
        PlanRig rig = rig(backend)) {
      long native0 = 0;
      long process0 = 0;
      for (int step = 0; step < 10_000; step++) {
        rig.forward();
        rig.backward();
        try (Scope scope = backend.scope("evaluation")) {
          backend.kernels().fill(1, scope.create(DataType.FLOAT32, Shape.of(1000 + step % 7)));
        }
        if (step == 2_000) {
          native0 = ((NativeMemory) backend.memory()).nativeBytes();
          process0 = Pointer.physicalBytes();
        }
      }
      long nativeGrowth = ((NativeMemory) backend.memory()).nativeBytes() - native0;
      long processGrowth = Pointer.physicalBytes() - process0;
      System.out.println(
          "8,000 steps: native memory +"
              + nativeGrowth
              + " bytes, process +"
              + processGrowth
              + " of "
              + process0
              + " bytes");
      assertThat(nativeGrowth).isZero();
      // The Java machine compiles and collects beside; a leak of 1 KiB a step would be 8 MB.
      assertThat(processGrowth).isLessThan(8_000_000);
    }
  }

  private static PlanRig rig(Backend backend) {
    int[] lengths = {16, 3, 9, 16, 1, 12, 5, 7};
    return new PlanRig(
        backend,
        RecurrentSpec.lstm(12, 24).build(),
        16,
        8,
        Lengths.of(16, lengths),
        Mode.TRAINING,
        Fusion.REQUIRE);
  }
}
