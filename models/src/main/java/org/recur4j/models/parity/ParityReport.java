package org.recur4j.models.parity;

import java.util.List;
import java.util.Optional;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.tensor.DataType;

/**
 * How far a backend is from the double-precision reference, or from another backend, on one batch,
 * forward and backward; {@link #toString} is a text for people.
 *
 * @param backend what was measured
 * @param reference what it was measured against
 * @param dataType in which the backend computed
 * @param referenceType in which the reference computed: FLOAT64, but for two backends side by side
 * @param fusion whether fused plans were wanted
 * @param tolerance what was allowed
 * @param seed of the dropout masks
 * @param examples rows of the batch
 * @param loss the backend's
 * @param referenceLoss the reference's
 * @param choices how each recurrent layer that has a plan was run, first layer first; empty where
 *     every layer runs step by step
 * @param tensors every tensor, in the order of computing
 * @param forward the first divergence on the way to the loss
 * @param backward the first divergence on the way back; mostly a consequence if there is one
 *     forward
 */
public record ParityReport(
    BackendInfo backend,
    BackendInfo reference,
    DataType dataType,
    DataType referenceType,
    Fusion fusion,
    Tolerance tolerance,
    long seed,
    int examples,
    double loss,
    double referenceLoss,
    List<PlanChoice> choices,
    List<TensorDifference> tensors,
    Optional<Divergence> forward,
    Optional<Divergence> backward) {
  /** Copies the lists. */
  public ParityReport {
    choices = List.copyOf(choices);
    tensors = List.copyOf(tensors);
  }

  /**
   * Whether fused plans ran.
   *
   * @return true if at least one recurrent layer ran one
   */
  public boolean isFused() {
    return choices.stream().anyMatch(choice -> choice.report().verdict().fused());
  }

  /**
   * Whether everything is within the tolerance.
   *
   * @return true if nothing diverges
   */
  public boolean agrees() {
    return first().isEmpty();
  }

  /**
   * Where it goes wrong.
   *
   * @return the first divergence of all; empty if everything is within the tolerance
   */
  public Optional<Divergence> first() {
    return forward.or(() -> backward);
  }

  /**
   * The tensor that is closest to its tolerance, or furthest beyond it.
   *
   * @param stage forward or backward
   * @return that tensor; of equals the first
   */
  public TensorDifference worst(ParityPhase stage) {
    TensorDifference worst = null;
    for (TensorDifference tensor : tensors) {
      if (tensor.stage() == stage && (worst == null || tensor.share() > worst.share())) {
        worst = tensor;
      }
    }
    return worst;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, name(backend, dataType) + " against " + name(reference, referenceType));
    line(text, "loss " + loss + ", reference " + referenceLoss);
    choices.forEach(choice -> line(text, choice.toString()));
    tensors.forEach(tensor -> line(text, tensor.toString()));
    line(text, forward.map(d -> "diverges: " + d).orElse("forward: within the tolerance"));
    line(text, backward.map(d -> "diverges: " + d).orElse("backward: within the tolerance"));
    return text.toString();
  }

  private static String name(BackendInfo info, DataType type) {
    return info.name() + " (" + info.device() + ", " + info.engine() + "), " + type;
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
