package org.recur4j.models.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;

class DifferencesTest {
  private static final int STEPS = 3;
  private static final RecurrentSpec SPEC = RecurrentSpec.lstm(1, 1).build();
  private static final Tolerance TOLERANCE = new Tolerance(1e-3, 1e-3);

  private static Quantity cells(double... values) {
    return series("cells", Axes.Series.CELL, values);
  }

  private static Quantity hidden(double... values) {
    return series("hidden", Axes.Series.HIDDEN, values);
  }

  private static Quantity series(String name, int rank, double... values) {
    Lengths lengths = Lengths.full(STEPS, 1);
    return new Quantity(
        "rnn layer 0", name, new Axes.Series(SPEC, lengths, List.of(""), rank, false), values);
  }

  private static Quantity plain(String name, double... values) {
    return new Quantity("head", name, new Axes.Plain(Shape.of(1), 1, Axes.BEFORE), values);
  }

  private static StepRecording recording(
      List<List<Quantity>> forward, List<List<Quantity>> backward) {
    return new StepRecording(0, 1e-4, List.of(), forward, backward);
  }

  private static Differences compare(List<List<Quantity>> got, List<List<Quantity>> want) {
    return Differences.of(
        recording(got, List.of()), recording(want, List.of()), TOLERANCE, DataType.FLOAT32);
  }

  @Test
  void anEarlierStepComesBeforeAnEarlierTensor() {
    Divergence first =
        compare(
                List.of(List.of(cells(1, 1, 9), hidden(1, 9, 9)), List.of(plain("linear", 9))),
                List.of(List.of(cells(1, 1, 1), hidden(1, 1, 1)), List.of(plain("linear", 1))))
            .first(ParityPhase.FORWARD)
            .orElseThrow();
    assertThat(first.quantity()).isEqualTo("hidden");
    assertThat(first.place().step()).isEqualTo(1);
  }

  @Test
  void withinAStepTheCellComesBeforeTheHiddenState() {
    Divergence first =
        compare(
                List.of(List.of(hidden(1, 9, 9), cells(1, 9, 9))),
                List.of(List.of(hidden(1, 1, 1), cells(1, 1, 1))))
            .first(ParityPhase.FORWARD)
            .orElseThrow();
    assertThat(first.quantity()).isEqualTo("cells");
  }

  @Test
  void anEarlierOperationComesFirstAndRepeatedOnesAreOneEntry() {
    Differences differences =
        compare(
            List.of(
                List.of(plain("linear", 3)),
                List.of(plain("linear", 1.01)),
                List.of(plain("linear", 5))),
            List.of(
                List.of(plain("linear", 3)),
                List.of(plain("linear", 1)),
                List.of(plain("linear", 4))));
    Divergence first = differences.first(ParityPhase.FORWARD).orElseThrow();
    assertThat(first.reference()).isEqualTo(1);
    assertThat(first.hint()).startsWith("This tensor is computed 3 times; this is number 2.");
    assertThat(differences.first(ParityPhase.BACKWARD)).isEmpty();
    assertThat(differences.tensors())
        .singleElement()
        .satisfies(
            one -> assertThat(one.elements()).isEqualTo(3),
            one -> assertThat(one.beyond()).isEqualTo(2),
            one -> assertThat(one.absolute()).isEqualTo(1),
            one -> assertThat(one.scale()).isEqualTo(4));
  }

  @Test
  void gradientsAreHeldToTheUnitOfTheReference() {
    StepRecording got = recording(List.of(), List.of(List.of(plain("gradient", 3e-7))));
    StepRecording want = recording(List.of(), List.of(List.of(plain("gradient", 1e-7))));
    Divergence first =
        Differences.of(got, want, TOLERANCE, DataType.FLOAT32)
            .first(ParityPhase.BACKWARD)
            .orElseThrow();
    assertThat(first.allowed()).isEqualTo(1e-3 * 1e-4);
  }

  @Test
  void anotherSequenceOfOperationsIsRefused() {
    assertThatThrownBy(
            () -> compare(List.of(List.of(plain("linear", 1))), List.of(List.of(hidden(1, 1, 1)))))
        .hasMessageContaining("parity, FORWARD")
        .hasMessageContaining("head, linear of 1 numbers")
        .hasMessageContaining("rnn layer 0, hidden of 3 numbers, as the reference computed");
    assertThatThrownBy(() -> compare(List.of(), List.of(List.of(plain("linear", 1)))))
        .hasMessageContaining("0 operations")
        .hasMessageContaining("1 operations, as the reference computed");
  }
}
