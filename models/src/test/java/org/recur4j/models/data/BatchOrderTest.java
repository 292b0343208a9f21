package org.recur4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;

class BatchOrderTest {
  private static int[] lengths(int count) {
    Philox random = new Philox(9);
    return IntStream.range(0, count)
        .map(i -> 1 + random.bounded(100, RandomStream.CUSTOM.at(0), 0, i))
        .toArray();
  }

  private static int padding(List<int[]> batches, int[] lengths) {
    int padding = 0;
    for (int[] batch : batches) {
      int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
      padding += Arrays.stream(batch).map(i -> longest - lengths[i]).sum();
    }
    return padding;
  }

  @ParameterizedTest
  @CsvSource({"0,4,1", "1,4,3", "4,4,3", "103,8,1", "103,8,4", "103,8,1000", "96,8,4", "7,10,2"})
  void everyExampleIsInOneBatchOfTheRightSize(int examples, int size, int window) {
    BatchOrder order = new BatchOrder(size, window, 3);
    List<int[]> batches = order.batches(lengths(examples), 2);
    assertThat(batches).hasSize(order.count(examples));
    assertThat(batches.stream().filter(batch -> batch.length != size).count())
        .isEqualTo(examples % size == 0 ? 0 : 1);
    assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, examples).toArray());
  }

  @Test
  void aWindowOfOneIsTheShuffledOrderItself() {
    int[] lengths = lengths(50);
    int[] shuffled = new Philox(3).permutation(50, RandomStream.SHUFFLE.at(0), 7);
    assertThat(
            new BatchOrder(8, 1, 3)
                .batches(lengths, 7).stream().flatMapToInt(Arrays::stream).toArray())
        .isEqualTo(shuffled);
  }

  @Test
  void bucketsArePaddedLittleAndWiderWindowsLess() {
    int[] lengths = lengths(2000);
    int mixed = padding(new BatchOrder(16, 1, 3).batches(lengths, 1), lengths);
    int some = padding(new BatchOrder(16, 8, 3).batches(lengths, 1), lengths);
    int sorted = padding(new BatchOrder(16, 1000, 3).batches(lengths, 1), lengths);
    assertThat(some).isLessThan(mixed / 5);
    assertThat(sorted).isLessThan(some / 5);
  }

  @Test
  void equalLengthsStayShuffledAndLongBatchesComeAnywhere() {
    int[] equal = new int[40];
    List<int[]> batches = new BatchOrder(10, 4, 3).batches(equal, 1);
    assertThat(batches.stream().flatMapToInt(Arrays::stream).toArray())
        .isNotEqualTo(IntStream.range(0, 40).toArray());
    int[] lengths = lengths(400);
    int[] longest =
        new BatchOrder(10, 40, 3)
            .batches(lengths, 1).stream()
                .mapToInt(batch -> Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow())
                .toArray();
    int[] ascending = longest.clone();
    Arrays.sort(ascending);
    assertThat(longest).isNotEqualTo(ascending);
  }

  @Test
  void theSeedAndTheEpochDecideTheOrder() {
    int[] lengths = lengths(60);
    BatchOrder order = new BatchOrder(8, 3, 3);
    assertThat(flat(order.batches(lengths, 1)))
        .isEqualTo(flat(new BatchOrder(8, 3, 3).batches(lengths, 1)))
        .isNotEqualTo(flat(order.batches(lengths, 2)))
        .isNotEqualTo(flat(new BatchOrder(8, 3, 4).batches(lengths, 1)));
  }

  private static List<List<Integer>> flat(List<int[]> batches) {
    return batches.stream().map(batch -> Arrays.stream(batch).boxed().toList()).toList();
  }

  @Test
  void refusesEmptyBatchesAndWindows() {
    assertThatThrownBy(() -> new BatchOrder(0, 1, 1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("size 0, windows of 1 batches");
    assertThatThrownBy(() -> new BatchOrder(1, 0, 1))
        .hasMessageContaining("Use a window of 1 to ignore lengths");
  }
}
