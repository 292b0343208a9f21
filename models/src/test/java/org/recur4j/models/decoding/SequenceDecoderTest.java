package org.recur4j.models.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.error.InvalidArgumentException;

class SequenceDecoderTest {
  private static final int LONGEST = 4;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aBeamOfOneIsGreedy(int seed) {
    List<List<DecodedSequence>> greedy =
        SequenceDecoder.decode(new RandomWords(seed, 5, 3), DecodingStrategy.greedy(LONGEST));
    List<List<DecodedSequence>> beam =
        SequenceDecoder.decode(new RandomWords(seed, 5, 3), DecodingStrategy.beam(LONGEST, 1, 0));
    for (int row = 0; row < 5; row++) {
      DecodedSequence one = greedy.get(row).get(0);
      assertThat(beam.get(row)).hasSize(1);
      assertThat(beam.get(row).get(0).tokens()).isEqualTo(one.tokens());
      assertThat(beam.get(row).get(0).ended()).isEqualTo(one.ended());
      assertThat(beam.get(row).get(0).logProbability()).isEqualTo(one.logProbability());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6, 2})
  void aBeamWideEnoughFindsTheBestOfAll(double penalty) {
    int wide = 500;
    for (int seed = 0; seed < 5; seed++) {
      RandomWords model = new RandomWords(seed, 3, 3);
      List<List<DecodedSequence>> said =
          SequenceDecoder.decode(model, DecodingStrategy.beam(LONGEST, wide, penalty));
      for (int row = 0; row < 3; row++) {
        List<DecodedSequence> all = new ArrayList<>();
        enumerate(
            model, row, new int[0], 0, new DecodingStrategy.Beam(LONGEST, wide, penalty), all);
        all.sort(Comparator.comparingDouble(DecodedSequence::score).reversed());
        List<DecodedSequence> ended =
            said.get(row).stream().filter(DecodedSequence::ended).toList();
        assertThat(ended).hasSameSizeAs(all);
        assertThat(said.get(row).get(0).tokens()).isEqualTo(all.get(0).tokens());
        for (int i = 0; i < all.size(); i++) {
          assertThat(ended.get(i).score()).isCloseTo(all.get(i).score(), within(1e-12));
        }
      }
    }
  }

  /** Every sequence of up to {@link #LONGEST} tokens that ends. */
  private static void enumerate(
      RandomWords model,
      int row,
      int[] said,
      double log,
      DecodingStrategy.Beam how,
      List<DecodedSequence> all) {
    double[] logs = model.logs(row, said);
    double ended = log + logs[model.end()];
    all.add(
        new DecodedSequence(said, ended, how.score(ended, said.length + 1), true, new float[0][]));
    for (int token = 0; token < model.end() && said.length < LONGEST; token++) {
      int[] longer = java.util.Arrays.copyOf(said, said.length + 1);
      longer[said.length] = token;
      enumerate(model, row, longer, log + logs[token], how, all);
    }
  }

  @Test
  void aBeamIsOrderedAndItsProbabilitiesAreTheModels() {
    RandomWords model = new RandomWords(3, 4, 6);
    List<List<DecodedSequence>> said =
        SequenceDecoder.decode(model, DecodingStrategy.beam(8, 5, 0.7));
    DecodingStrategy.Beam how = new DecodingStrategy.Beam(8, 5, 0.7);
    for (int row = 0; row < 4; row++) {
      assertThat(said.get(row)).isNotEmpty().hasSizeLessThanOrEqualTo(5);
      List<DecodedSequence> ended = said.get(row).stream().filter(DecodedSequence::ended).toList();
      assertThat(ended)
          .isSortedAccordingTo(Comparator.comparingDouble(DecodedSequence::score).reversed());
      for (DecodedSequence decoded : said.get(row)) {
        double want = model.logProbability(row, decoded.tokens(), decoded.ended());
        assertThat(decoded.logProbability()).isCloseTo(want, within(1e-9));
        if (decoded.ended()) {
          assertThat(decoded.score())
              .isCloseTo(how.score(want, decoded.tokens().length + 1), within(1e-9));
        }
        assertThat(decoded.attention()).hasDimensions(decoded.tokens().length, 2);
        for (int t = 0; t < decoded.tokens().length; t++) {
          // the model writes down row and place: rows must have moved with their paths
          assertThat(decoded.attention()[t]).containsExactly(row, t);
        }
      }
    }
  }

  @Test
  void lengthPenaltyIsThatOfWuAndOthers() {
    DecodingStrategy.Beam beam = new DecodingStrategy.Beam(9, 2, 0.6);
    assertThat(beam.score(-3, 1)).isCloseTo(-3, within(1e-12));
    assertThat(beam.score(-3, 7)).isCloseTo(-3 / Math.pow(2, 0.6), within(1e-12));
  }

  @Test
  void samplesFollowTheModelAndTheSeed() {
    int rows = 4000;
    RandomWords model = new RandomWords(2, rows, 3).sameRows();
    List<List<DecodedSequence>> said =
        SequenceDecoder.decode(model, DecodingStrategy.sampled(1, 1, 0, 9));
    double[] logs = model.logs(0);
    for (int token = 0; token < model.end(); token++) {
      int wanted = token;
      long count = said.stream().filter(s -> starts(s.get(0), wanted)).count();
      assertThat((double) count / rows).isCloseTo(Math.exp(logs[token]), within(0.03));
    }
    List<List<DecodedSequence>> again =
        SequenceDecoder.decode(
            new RandomWords(2, rows, 3).sameRows(), DecodingStrategy.sampled(1, 1, 0, 9));
    List<List<DecodedSequence>> other =
        SequenceDecoder.decode(
            new RandomWords(2, rows, 3).sameRows(), DecodingStrategy.sampled(1, 1, 0, 10));
    int same = 0;
    for (int row = 0; row < rows; row++) {
      assertThat(again.get(row).get(0).tokens()).isEqualTo(said.get(row).get(0).tokens());
      same +=
          java.util.Arrays.equals(other.get(row).get(0).tokens(), said.get(row).get(0).tokens())
              ? 1
              : 0;
    }
    assertThat(same).isLessThan(rows);
  }

  private static boolean starts(DecodedSequence decoded, int token) {
    return decoded.tokens().length > 0 && decoded.tokens()[0] == token;
  }

  @Test
  void aColdSampleAndTheTopOneAreGreedy() {
    List<List<DecodedSequence>> greedy =
        SequenceDecoder.decode(new RandomWords(4, 20, 5), DecodingStrategy.greedy(LONGEST));
    for (DecodingStrategy how :
        List.of(
            DecodingStrategy.sampled(LONGEST, 1e-3, 0, 1),
            DecodingStrategy.sampled(LONGEST, 5, 1, 1))) {
      List<List<DecodedSequence>> said = SequenceDecoder.decode(new RandomWords(4, 20, 5), how);
      for (int row = 0; row < 20; row++) {
        assertThat(said.get(row).get(0).tokens()).isEqualTo(greedy.get(row).get(0).tokens());
      }
    }
  }

  @Test
  void drawsFromTheTopKOnly() {
    double[] logs = {Math.log(0.1), Math.log(0.4), Math.log(0.2), Math.log(0.2), Math.log(0.1)};
    boolean[] drawn = new boolean[5];
    for (double u = 0; u < 1; u += 0.01) {
      drawn[Distribution.draw(logs, 1, 2, u)] = true;
    }
    // of two equals at the edge the first is taken
    assertThat(drawn).containsExactly(false, true, true, false, false);
    assertThat(Distribution.draw(logs, 1, 2, 0.66)).isEqualTo(1);
    assertThat(Distribution.draw(logs, 1, 2, 0.67)).isEqualTo(2);
    assertThat(Distribution.draw(logs, 0.5, 0, 0.99)).isEqualTo(4);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> DecodingStrategy.greedy(0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("maximum length 0");
    assertThatThrownBy(() -> DecodingStrategy.sampled(5, 0, 0, 1))
        .hasMessageContaining("temperature 0.0")
        .hasMessageContaining("greedy");
    assertThatThrownBy(() -> DecodingStrategy.sampled(5, 1, -1, 1)).hasMessageContaining("top -1");
    assertThatThrownBy(() -> DecodingStrategy.beam(5, 0, 1)).hasMessageContaining("width 0");
    assertThatThrownBy(() -> DecodingStrategy.beam(5, 2, Double.NaN))
        .hasMessageContaining("length penalty NaN");
  }
}
