package org.recur4j.models.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SequenceMetricTest {
  private static List<Integer> symbols(String text) {
    return text.chars().boxed().toList();
  }

  private static EditDistance between(String expected, String given) {
    return EditDistance.between(symbols(expected), symbols(given));
  }

  @Test
  void countsChangesByKind() {
    assertThat(between("kitten", "sitting")).isEqualTo(new EditDistance(2, 1, 0));
    assertThat(between("abc", "")).isEqualTo(new EditDistance(0, 0, 3));
    assertThat(between("", "ab")).isEqualTo(new EditDistance(0, 2, 0));
    assertThat(between("sunday", "saturday")).isEqualTo(new EditDistance(1, 2, 0));
    assertThat(between("ab", "ba")).as("not a deletion and an insertion").isEqualTo(twoReplaced());
    assertThat(EditDistance.between(new int[] {1, 2}, new int[] {2, 1})).isEqualTo(twoReplaced());
    assertThat(EditDistance.between(new int[] {7}, new int[] {7}).total()).isZero();
  }

  private static EditDistance twoReplaced() {
    return new EditDistance(2, 0, 0);
  }

  @Property(seed = "1", tries = 200)
  void isADistance(
      @ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> a,
      @ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> b,
      @ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> c) {
    EditDistance ab = EditDistance.between(a, b);
    EditDistance ba = EditDistance.between(b, a);
    int bc = EditDistance.between(b, c).total();
    assertThat(ab.total() == 0).isEqualTo(a.equals(b));
    assertThat(ba.substitutions()).isEqualTo(ab.substitutions());
    assertThat(ba.insertions()).as("what is inserted one way").isEqualTo(ab.deletions());
    assertThat(ba.deletions()).isEqualTo(ab.insertions());
    assertThat(ab.insertions() - ab.deletions()).isEqualTo(b.size() - a.size());
    assertThat(EditDistance.between(a, c).total()).isLessThanOrEqualTo(ab.total() + bc);
    assertThat(ab.total())
        .isBetween(Math.abs(a.size() - b.size()), Math.max(a.size(), b.size()))
        .isEqualTo(recursive(a, b));
  }

  /** The definition, without a table. */
  private static int recursive(List<Integer> a, List<Integer> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.size() + b.size();
    }
    List<Integer> restOfA = a.subList(1, a.size());
    List<Integer> restOfB = b.subList(1, b.size());
    if (a.get(0).equals(b.get(0))) {
      return recursive(restOfA, restOfB);
    }
    int fewest = Math.min(recursive(restOfA, b), recursive(a, restOfB));
    return 1 + Math.min(fewest, recursive(restOfA, restOfB));
  }

  /** 3 edits in 6 symbols, then none in 2: two words, one wrong. */
  @Test
  void errorsAddUpOverSequences() {
    SequenceErrors errors =
        SequenceErrors.none()
            .plus(symbols("kitten"), symbols("sitting"))
            .plus(symbols("ab"), symbols("ab"));
    assertThat(errors).isEqualTo(new SequenceErrors(2, 1, 3, 8));
    assertThat(errors.symbolRate()).isEqualTo(3.0 / 8);
    assertThat(errors.sequenceRate()).isEqualTo(1.0 / 2);
    assertThat(errors.plus(errors)).isEqualTo(new SequenceErrors(4, 2, 6, 16));
    assertThat(SequenceErrors.none().symbolRate()).isNaN();
  }

  /** Of several pronunciations the nearest counts: 1 of 4 symbols is less than 1 of 2. */
  @Test
  void anyRightAnswerWillDo() {
    List<List<Integer>> right = List.of(symbols("ab"), symbols("axyz"));
    assertThat(SequenceErrors.none().plusAny(right, symbols("axyz")))
        .isEqualTo(new SequenceErrors(1, 0, 0, 4));
    assertThat(SequenceErrors.none().plusAny(right, symbols("axy")))
        .isEqualTo(new SequenceErrors(1, 1, 1, 4));
    assertThatThrownBy(() -> SequenceErrors.none().plusAny(List.of(), symbols("a")))
        .hasMessageContaining("no expected sequence");
  }

  @Property(seed = "2", tries = 100)
  void theOrderOfTheSequencesDoesNotMatter(
      @ForAll @Size(min = 1, max = 6) List<@Size(max = 5) List<@IntRange(max = 3) Integer>> given) {
    List<Integer> right = List.of(1, 2, 3);
    SequenceErrors forwards = SequenceErrors.none();
    for (List<Integer> one : given) {
      forwards = forwards.plus(right, one);
    }
    List<List<Integer>> reversed = new ArrayList<>(given);
    java.util.Collections.reverse(reversed);
    SequenceErrors backwards = SequenceErrors.none();
    for (List<Integer> one : reversed) {
      backwards = backwards.plus(right, one);
    }
    assertThat(backwards).isEqualTo(forwards);
  }

  @Test
  void perplexityIsTheNumberOfEquallyLikelySymbols() {
    assertThat(Perplexity.of(0)).isEqualTo(1);
    assertThat(Perplexity.of(Math.log(27))).isCloseTo(27, within(1e-12));
    assertThatThrownBy(() -> Perplexity.of(-0.1)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> Perplexity.of(Double.NaN)).hasMessageContaining("NaN");
  }
}
