package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.tensor.DataType;

/**
 * A plan that the checks of life, threads, refresh and memory run on: the portable plan of every
 * cell, and whatever the backend assesses as fused, in every direction.
 *
 * @param theCase what it computes
 * @param fusion FORBID for the portable plan, REQUIRE for a fused one
 */
record Subject(RecurrentCase theCase, Fusion fusion) {
  /**
   * T, B, I and H.
   *
   * @param gated of an LSTM or a GRU: H
   * @param vanilla the same of a vanilla cell
   */
  record Sizes(int steps, int batch, int input, int gated, int vanilla) {
    /** A few rows, quickly compared with the oracle. */
    static final Sizes SMALL = new Sizes(5, 4, 3, 6, 6);

    /**
     * More multiplications than a backend gives to one thread, and sizes that no block's size
     * divides.
     */
    static final Sizes LARGE = new Sizes(9, 32, 13, 37, 67);

    /** More rows, inputs and units than a block holds into which a backend divides its work. */
    static final Sizes BEYOND = new Sizes(17, 33, 101, 131, 131);

    /** As small as a step can be. */
    static final Sizes TINY = new Sizes(2, 2, 2, 2, 2);

    private int hidden(RecurrentCase.Variant variant) {
      boolean one =
          variant == RecurrentCase.Variant.VANILLA_TANH
              || variant == RecurrentCase.Variant.VANILLA_RELU;
      return one ? vanilla : gated;
    }
  }

  /** Everything there is at a size; every second one with a hidden mask, if that runs too. */
  static List<Subject> all(Backend backend, Sizes sizes) {
    List<Subject> all = new ArrayList<>();
    boolean masked = true;
    for (RecurrentCase.Variant variant : RecurrentCase.Variant.USUAL) {
      masked = !masked;
      all.add(
          new Subject(
              theCase(variant, Direction.BIDIRECTIONAL, sizes, Biases.DOUBLE, masked),
              Fusion.FORBID));
      for (Direction direction : Direction.values()) {
        boolean wanted = masked == (direction == Direction.REVERSE);
        fused(backend, variant, direction, sizes, wanted)
            .or(() -> fused(backend, variant, direction, sizes, !wanted))
            .ifPresent(all::add);
      }
    }
    return all;
  }

  /** The richest specification of a cell in a direction that runs fused. */
  static Optional<Subject> fused(
      Backend backend,
      RecurrentCase.Variant variant,
      Direction direction,
      Sizes sizes,
      boolean masked) {
    for (Biases biases : List.of(Biases.DOUBLE, Biases.SINGLE, Biases.NONE)) {
      RecurrentCase c = theCase(variant, direction, sizes, biases, masked);
      if (backend.recurrence().assess(c.spec()).fused()) {
        return Optional.of(new Subject(c, Fusion.REQUIRE));
      }
    }
    return Optional.empty();
  }

  static RecurrentCase theCase(
      RecurrentCase.Variant variant,
      Direction direction,
      Sizes sizes,
      Biases biases,
      boolean masked) {
    return new RecurrentCase(
        variant,
        direction,
        sizes.steps(),
        sizes.batch(),
        sizes.input(),
        sizes.hidden(variant),
        RecurrentCase.Raggedness.WITH_ONE,
        true,
        biases,
        masked,
        DataType.FLOAT32);
  }

  boolean isFused() {
    return fusion == Fusion.REQUIRE;
  }

  @Override
  public String toString() {
    return (isFused() ? "fused " : "portable ")
        + theCase.variant()
        + " "
        + theCase.direction()
        + (theCase.hiddenMask() ? " with a hidden mask" : "");
  }
}
