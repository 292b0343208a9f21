package org.recur4j.examples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/** Nobody sorts: rows may come in any order and of any lengths, and keep their answers. */
class SequenceOrderTest {
  private static final int ROWS = 37;
  private static final int VOCABULARY = 9;

  @ParameterizedTest
  @EnumSource
  void rowsInAnotherOrderGiveTheirOwnAnswersBitForBit(CellKind cell) {
    RecurrentLayerSpec layer = RecurrentLayerSpec.of(cell, 13);
    try (Backend backend = Backends.open("ejml", BackendOptions.defaults().withThreads(2));
        Network network =
            Networks.manyToMany()
                .embedding(VOCABULARY, 5)
                .bidirectional(layer)
                .bidirectional(layer)
                .classes(3)
                .initialWeights(InitialWeights.PYTORCH)
                .build(backend)) {
      List<int[]> rows = rows();
      float[][] answers = network.predict(SequenceBatch.ofIndices(rows));
      int[] order = new Philox(5).permutation(ROWS, RandomStream.SHUFFLE.at(0), 0);
      List<int[]> mixed = new ArrayList<>();
      for (int place : order) {
        mixed.add(rows.get(place));
      }
      float[][] others = network.predict(SequenceBatch.ofIndices(mixed));
      for (int i = 0; i < ROWS; i++) {
        assertThat(others[i]).as("row %d", order[i]).isEqualTo(answers[order[i]]);
        assertThat(network.predict(SequenceBatch.ofIndices(List.of(mixed.get(i))))[0])
            .as("row %d alone", order[i])
            .isEqualTo(others[i]);
      }
    }
  }

  /** Lengths 0 to 9, none in its place. */
  private static List<int[]> rows() {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int[] row = new int[i * 7 % 10];
      for (int t = 0; t < row.length; t++) {
        row[t] = (i + 3 * t * t) % VOCABULARY;
      }
      rows.add(row);
    }
    return rows;
  }

  @Test
  void aBatchThatNoArrayHoldsIsRefused() {
    List<int[]> rows = new ArrayList<>(Collections.nCopies(40_000, new int[0]));
    rows.add(new int[70_000]);
    assertThatThrownBy(() -> SequenceBatch.ofIndices(rows))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("40001 rows of 70000 padded steps")
        .hasMessageContaining("Make smaller batches");
  }
}
