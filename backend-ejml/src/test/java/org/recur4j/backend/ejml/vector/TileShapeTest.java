package org.recur4j.backend.ejml.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TileShapeTest {
  @Test
  void choosesTheTileByTheNumberOfVectorRegisters() {
    assertThat(TileShape.of("amd64", 512)).isEqualTo(TileShape.FOUR_BY_FOUR);
    assertThat(TileShape.of("amd64", 256)).isEqualTo(TileShape.FOUR_BY_TWO);
    assertThat(TileShape.of("aarch64", 128)).isEqualTo(TileShape.FOUR_BY_FOUR);
  }
}
