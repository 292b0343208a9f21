package org.recur4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;

class FusedCellTest {
  private static final Set<Precision> FULL = Set.of(Precision.FULL);

  @Test
  void everyUsualSpecificationIsOneOfTheCells() {
    List<RecurrentSpec> specs =
        List.of(
            RecurrentSpec.vanilla(2, 3).build(),
            RecurrentSpec.vanilla(2, 3).activation(Activation.RELU).build(),
            RecurrentSpec.lstm(2, 3).build(),
            RecurrentSpec.gru(2, 3).reset(ResetVariant.AFTER_PRODUCT).build(),
            RecurrentSpec.gru(2, 3).reset(ResetVariant.BEFORE_PRODUCT).build());

    assertThat(specs).map(spec -> FusedCell.obstacle(spec, FULL)).containsOnlyNulls();
    assertThat(specs).map(FusedCell::of).containsExactly(FusedCell.values());
    for (RecurrentSpec spec : specs) {
      FusedCell cell = FusedCell.of(spec);
      assertThat(cell.gates()).isEqualTo(spec.gates());
      assertThat(cell.hasCellState()).isEqualTo(spec.hasCellState());
      assertThat(cell.isGru()).isEqualTo(spec.gates() == 3);
    }
  }

  @Test
  void whatIsNoneOfThemHasItsReason() {
    assertThat(
            FusedCell.obstacle(RecurrentSpec.lstm(2, 3).dataType(DataType.FLOAT64).build(), FULL))
        .isEqualTo("type FLOAT64 has no fused plan");
    assertThat(FusedCell.obstacle(RecurrentSpec.lstm(2, 3).precision(Precision.BF16).build(), FULL))
        .isEqualTo("precision BF16 has no fused plan");
    assertThat(
            FusedCell.obstacle(
                RecurrentSpec.lstm(2, 3).precision(Precision.BF16).build(),
                Set.of(Precision.FULL, Precision.BF16)))
        .isNull();
    assertThat(
            FusedCell.obstacle(
                RecurrentSpec.vanilla(2, 3).activation(Activation.SOFTSIGN).build(), FULL))
        .isEqualTo("activation SOFTSIGN has no kernel");
    assertThat(
            FusedCell.obstacle(RecurrentSpec.lstm(2, 3).activation(Activation.RELU).build(), FULL))
        .isEqualTo("activation RELU has no kernel");
    assertThat(
            FusedCell.obstacle(
                RecurrentSpec.gru(2, 3).gateActivation(Activation.TANH).build(), FULL))
        .isEqualTo("gate activation TANH has no kernel");
  }
}
