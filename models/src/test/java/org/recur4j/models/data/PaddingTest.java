package org.recur4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaddingTest {
  @Test
  void countsWhatIsComputedAndWhatSaysSomething() {
    Padding padding = Padding.of(4, 1, 0, 3);
    assertThat(padding)
        .isEqualTo(new Padding(8, 16))
        .hasToString("8 of 16 steps (50.0 %) are padding");
    assertThat(padding.share()).isEqualTo(0.5);
    assertThat(padding.plus(Padding.of(8, 8))).isEqualTo(new Padding(24, 32));
    assertThat(Padding.NONE.share()).isZero();
    assertThat(Padding.of()).isEqualTo(Padding.NONE);
  }

  @Test
  void aBatchReportsItsOwn() {
    SequenceBatch texts = SequenceBatch.ofTexts(List.of("abcd", "", "b"), Vocabulary.of("abcd"));
    assertThat(texts.padding()).isEqualTo(new Padding(5, 12));
    SequenceBatch series = SequenceBatch.ofSeries(List.of(new float[] {1, 2}, new float[] {3}));
    assertThat(series.features()).isEqualTo(1);
    assertThat(series.padding()).isEqualTo(new Padding(3, 4));
  }

  /** Lengths 1 … 64 in batches of 8: sorted they lose 7 · 4 steps a batch, mixed about half. */
  @Test
  void largerWindowsCostLess() {
    int[] lengths = new int[64];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = i + 1;
    }
    Padding mixed = new BatchOrder(8, 1, 3).padding(lengths, 0);
    Padding sorted = new BatchOrder(8, 8, 3).padding(lengths, 0);
    assertThat(mixed.real()).isEqualTo(64 * 65 / 2);
    assertThat(sorted)
        .isEqualTo(new Padding(64 * 65 / 2, 8 * (8 + 16 + 24 + 32 + 40 + 48 + 56 + 64)));
    assertThat(mixed.share()).isGreaterThan(3 * sorted.share());
  }
}
