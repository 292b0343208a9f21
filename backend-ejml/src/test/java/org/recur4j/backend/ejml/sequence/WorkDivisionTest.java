package org.recur4j.backend.ejml.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.spi.FusedCell;

class WorkDivisionTest {
  @ParameterizedTest
  @CsvSource({
    // directions, batch, threads, blocks of rows for each direction, most rows of a block
    "1, 32, 1, 1, 32",
    "1, 32, 2, 2, 16",
    "1, 33, 2, 2, 17",
    "1, 32, 3, 3, 11",
    "2, 32, 2, 1, 32",
    "2, 32, 3, 2, 16",
    "2, 32, 4, 2, 16",
    "1, 7, 2, 1, 7",
    "1, 8, 2, 2, 4",
    "1, 1, 8, 1, 1",
  })
  void everyThreadGetsRowsOfADirectionWhereThereAreEnough(
      int directions, int batch, int threads, int rowBlocks, int rows) {
    WorkDivision division = WorkDivision.of(FusedCell.LSTM, 64, directions, batch, threads);
    assertThat(division.rowBlocks()).isEqualTo(rowBlocks);
    assertThat(division.rows()).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({
    // cell, H, directions, threads, columns
    "LSTM, 64, 1, 1, 256",
    "LSTM, 512, 1, 2, 256",
    "LSTM, 128, 1, 2, 128",
    "LSTM, 150, 1, 2, 128",
    "LSTM, 64, 2, 2, 128",
    "GRU_RESET_AFTER, 128, 2, 2, 192",
    "TANH, 5, 1, 4, 64",
  })
  void aCutOfTheWeightGradientsIsWideWhereNoThreadGoesWithoutWork(
      FusedCell cell, int hiddenSize, int directions, int threads, int columns) {
    assertThat(WorkDivision.of(cell, hiddenSize, directions, 32, threads).columns())
        .isEqualTo(columns);
  }

  @Test
  void aMillionMultiplicationsAreWorthAnotherThread() {
    SequenceArrays arrays = new SequenceArrays();
    arrays.directions = 2;
    arrays.inputSize = 20;
    arrays.hiddenSize = 30;
    arrays.batch = 10;
    // 4 · 30 · (20 + 30) multiplications a row and step, 20 rows of both directions.
    arrays.steps = 9;
    assertThat(WorkDivision.isShared(FusedCell.LSTM, arrays)).isTrue();
    arrays.steps = 8;
    assertThat(WorkDivision.isShared(FusedCell.LSTM, arrays)).isFalse();
    arrays.directions = 1;
    arrays.steps = 17;
    assertThat(WorkDivision.isShared(FusedCell.LSTM, arrays)).isTrue();
    assertThat(WorkDivision.isShared(FusedCell.TANH, arrays)).isFalse();
  }
}
