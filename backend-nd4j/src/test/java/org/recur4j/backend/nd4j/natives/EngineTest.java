package org.recur4j.backend.nd4j.natives;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.tensor.DataType;
import org.recur4j.backend.nd4j.NativesPresent;

class EngineTest {
  @Test
  void holdsOpenBlasToOneThreadWheneverItIsOpened() {
    NativesPresent.open(BackendOptions.defaults()).close();
    assertThat(Engine.blasThreads()).isEqualTo(1);
    openblas_nolapack.blas_set_num_threads(2);
    assertThat(Engine.blasThreads()).isEqualTo(2);
    NativesPresent.open(BackendOptions.defaults().withThreads(2)).close();
    assertThat(Engine.blasThreads()).isEqualTo(1);
  }

  @Test
  void saysWhatItIs() {
    try (Backend backend = NativesPresent.open(BackendOptions.defaults().withThreads(2))) {
      assertThat(backend.info().device()).isEqualTo("CPU, 2 threads");
      assertThat(backend.info().engine()).matches("ND4J 1\\.\\S+ natives, OpenBLAS 0\\.\\S+ .*");
      assertThat(backend.info().dataTypes()).containsExactly(DataType.FLOAT32);
    }
  }
}
