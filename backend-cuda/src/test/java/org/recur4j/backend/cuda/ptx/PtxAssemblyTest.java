package org.recur4j.backend.cuda.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every committed PTX file assembles for its device, and no kernel outgrows what it was given. */
class PtxAssemblyTest {
  /** Four blocks of 256 threads fit a multiprocessor's 65,536 registers. */
  private static final int REGISTERS = 64;

  /** Kernels that trade occupancy for work a thread does in registers. */
  private static final Map<String, Integer> MORE_REGISTERS =
      Map.of(
          "gemm_128",
          144,
          "gemm_64",
          112,
          "gemm_32",
          128,
          "gemm_tf32_128",
          168,
          "gemm_tf32_64",
          144);

  /** A step's tile and its sums; four blocks of 128 threads fit a multiprocessor all the same. */
  private static final int STEP_REGISTERS = 128;

  /** What every device gives a block without being asked for more. */
  private static final int SHARED = 48 * 1024;

  private static final int REGISTERS_OF_A_MULTIPROCESSOR = 65_536;

  @BeforeAll
  static void assembler() {
    PtxAssembler.assume();
  }

  @Test
  void theOldestAssemblesWithinItsLimits() throws IOException {
    assembleWithinLimits(75);
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(ints = {80, 90})
  void newerOnesAssembleWithinTheirLimits(int architecture) throws IOException {
    assembleWithinLimits(architecture);
  }

  private static void assembleWithinLimits(int architecture) throws IOException {
    SoftAssertions all = new SoftAssertions();
    PtxFile file = PtxFile.committed(architecture);

    Map<String, PtxAssembler.Resources> kernels = PtxAssembler.assemble(file);

    assertThat(kernels.keySet()).isEqualTo(file.entries().keySet());
    for (Map.Entry<String, PtxAssembler.Resources> kernel : kernels.entrySet()) {
      String name = kernel.getKey();
      PtxAssembler.Resources used = kernel.getValue();
      all.assertThat(used.spillStores() + used.spillLoads()).as("%s: bytes spilled", name).isZero();
      all.assertThat(used.stack())
          .as(
              "%s: bytes of stack; is the address of its struct taken without __grid_constant__?",
              name)
          .isZero();
      all.assertThat(used.registers())
          .as("%s: registers a thread", name)
          .isLessThanOrEqualTo(limit(name));
      all.assertThat(used.registers() * file.entries().get(name).threads())
          .as("%s: registers of the largest block that its bounds allow", name)
          .isLessThanOrEqualTo(REGISTERS_OF_A_MULTIPROCESSOR);
      all.assertThat(used.shared())
          .as("%s: bytes of static shared memory", name)
          .isLessThanOrEqualTo(SHARED);
    }
    System.out.println(
        PtxFile.name(architecture)
            + ": "
            + kernels.size()
            + " kernels assembled, at most "
            + kernels.values().stream().mapToInt(PtxAssembler.Resources::registers).max().orElse(0)
            + " registers, none spilled");
    all.assertAll();
  }

  private static int limit(String kernel) {
    boolean step = kernel.matches(".*_(narrow|tall|wide)") && !kernel.startsWith("fold_");
    return step ? STEP_REGISTERS : MORE_REGISTERS.getOrDefault(kernel, REGISTERS);
  }

  @Test
  void noLimitIsForAKernelThatIsGone() {
    assertThat(PtxFile.committed(90).entries().keySet()).containsAll(MORE_REGISTERS.keySet());
  }

  @Test
  void saysWhatTheAssemblerObjectsTo() {
    PtxFile broken =
        new PtxFile(
            75,
            ".version 7.8\n.target sm_75\n.address_size 64\n.visible .entry k() { frobnicate; }\n");

    assertThatThrownBy(() -> PtxAssembler.assemble(broken))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("recur4j-sm75.ptx does not assemble")
        .hasMessageContaining("line 4")
        .hasMessageContaining("run backend-cuda/ptx.sh");
  }

  @Test
  void seesSpillsStackAndSharedMemory() {
    String log =
        """
        ptxas info    : 0 bytes gmem
        ptxas info    : Compiling entry function 'greedy' for 'sm_80'
        ptxas info    : Function properties for greedy
        ptxas         .     40 bytes stack frame, 36 bytes spill stores, 44 bytes spill loads
        ptxas info    : Function properties for callee
        ptxas         .     8 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
        ptxas info    : Used 255 registers, 4096 bytes smem, 376 bytes cmem[0]
        ptxas info    : Compiling entry function 'modest' for 'sm_80'
        ptxas info    : Function properties for modest
        ptxas         .     0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
        ptxas info    : Used 17 registers, 376 bytes cmem[0]
        """;

    assertThat(PtxAssembler.parse(log))
        .containsOnly(
            Map.entry("greedy", new PtxAssembler.Resources(255, 40, 36, 44, 4096)),
            Map.entry("modest", new PtxAssembler.Resources(17, 0, 0, 0, 0)));
  }
}
