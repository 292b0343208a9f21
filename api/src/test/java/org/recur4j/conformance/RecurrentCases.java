package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.DataType;

/** Chooses cases: for every cell in every direction, all pairs of all other factors. */
final class RecurrentCases {
  private static final List<Integer> STEPS = List.of(1, 2, 17);
  private static final List<Integer> BATCHES = List.of(1, 3, 32);
  private static final List<Integer> SIZES = List.of(1, 5, 8, 13, 64);
  private static final int ATTEMPTS = 40;

  private final List<DataType> types;
  private final List<List<?>> factors;

  RecurrentCases(List<DataType> types) {
    this.types = types;
    factors =
        List.of(
            STEPS,
            BATCHES,
            SIZES,
            SIZES,
            List.of(RecurrentCase.Raggedness.values()),
            List.of(false, true),
            List.of(Biases.values()),
            List.of(false, true),
            types);
  }

  Stream<RecurrentCase> pairwise() {
    List<RecurrentCase> cases = new ArrayList<>();
    for (RecurrentCase.Variant variant : RecurrentCase.Variant.USUAL) {
      for (Direction direction : Direction.values()) {
        // Another seed for every cell and direction, so that together they meet more than pairs.
        long seed = (variant + "-" + direction).hashCode();
        rows(new Numbers(seed)).forEach(row -> cases.add(build(variant, direction, row)));
      }
    }
    return cases.stream();
  }

  /** Cells with other activations: few cases, since only whether a plan looks is in question. */
  Stream<RecurrentCase> unusual() {
    List<RecurrentCase> cases = new ArrayList<>();
    for (RecurrentCase.Variant variant : RecurrentCase.Variant.UNUSUAL) {
      for (Direction direction : Direction.values()) {
        for (int type = 0; type < factors.get(factors.size() - 1).size(); type++) {
          // T 17, B 3, I 5, H 8, ragged, with initial state and both biases, no mask.
          cases.add(build(variant, direction, 2, 1, 1, 2, 1, 1, 2, 0, type));
        }
      }
    }
    return cases.stream();
  }

  /**
   * More steps than {@link RecurrentCase#MANY_STEPS}, far from 0. The weights are small enough that
   * rounding does not add up over the steps, so that the bounds for short sequences hold here, too.
   */
  Stream<RecurrentCase> far() {
    List<RecurrentCase> cases = new ArrayList<>();
    for (RecurrentCase.Variant variant : RecurrentCase.Variant.USUAL) {
      for (Direction direction : Direction.values()) {
        for (DataType type : types) {
          cases.add(
              new RecurrentCase(
                  variant,
                  direction,
                  RecurrentCase.MANY_STEPS + 9,
                  3,
                  5,
                  8,
                  RecurrentCase.Raggedness.WITH_ONE,
                  true,
                  Biases.DOUBLE,
                  false,
                  type));
        }
      }
    }
    return cases.stream();
  }

  Stream<RecurrentCase> exhaustive() {
    int count = factors.stream().mapToInt(List::size).reduce(1, Math::multiplyExact);
    return RecurrentCase.Variant.USUAL.stream()
        .flatMap(
            variant ->
                Stream.of(Direction.values())
                    .flatMap(
                        direction ->
                            IntStream.range(0, count)
                                .mapToObj(index -> build(variant, direction, levels(index)))));
  }

  private int[] levels(int index) {
    int[] row = new int[factors.size()];
    for (int f = 0; f < row.length; f++) {
      row[f] = index % factors.get(f).size();
      index /= factors.get(f).size();
    }
    return row;
  }

  /** Greedy all-pairs: each new row is the best of a few random ones that cover an open pair. */
  private List<int[]> rows(Numbers numbers) {
    Set<Long> open = new LinkedHashSet<>();
    for (int f = 0; f < factors.size(); f++) {
      for (int g = f + 1; g < factors.size(); g++) {
        for (int i = 0; i < factors.get(f).size(); i++) {
          for (int j = 0; j < factors.get(g).size(); j++) {
            open.add(pair(f, i, g, j));
          }
        }
      }
    }
    List<int[]> rows = new ArrayList<>();
    while (!open.isEmpty()) {
      int[] best = null;
      int most = -1;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int[] row = candidate(open.iterator().next(), numbers);
        int covered = (int) pairs(row).stream().filter(open::contains).count();
        if (covered > most) {
          best = row;
          most = covered;
        }
      }
      open.removeAll(pairs(best));
      rows.add(best);
    }
    return rows;
  }

  private int[] candidate(long pair, Numbers numbers) {
    int[] row = new int[factors.size()];
    for (int f = 0; f < row.length; f++) {
      row[f] = numbers.below(factors.get(f).size());
    }
    row[(int) (pair >> 24 & 0xff)] = (int) (pair >> 16 & 0xff);
    row[(int) (pair >> 8 & 0xff)] = (int) (pair & 0xff);
    return row;
  }

  private static Set<Long> pairs(int... row) {
    Set<Long> pairs = new LinkedHashSet<>();
    for (int f = 0; f < row.length; f++) {
      for (int g = f + 1; g < row.length; g++) {
        pairs.add(pair(f, row[f], g, row[g]));
      }
    }
    return pairs;
  }

  private static long pair(long f, long i, long g, long j) {
    return f << 24 | i << 16 | g << 8 | j;
  }

  private RecurrentCase build(RecurrentCase.Variant variant, Direction direction, int... row) {
    return new RecurrentCase(
        variant,
        direction,
        (Integer) level(0, row),
        (Integer) level(1, row),
        (Integer) level(2, row),
        (Integer) level(3, row),
        (RecurrentCase.Raggedness) level(4, row),
        (Boolean) level(5, row),
        (Biases) level(6, row),
        (Boolean) level(7, row),
        (DataType) level(8, row));
  }

  private Object level(int factor, int... row) {
    return factors.get(factor).get(row[factor]);
  }
}
