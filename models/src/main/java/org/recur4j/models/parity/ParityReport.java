package org.recur4j.models.parity;

import java.util.List;
import java.util.Optional;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.tensor.DataType;

/**
 * The differences of a backend from the double-precision reference, or from another backend, for
 * one batch, forward and backward. {@link #toString} returns a human-readable report.
 *
 * @param backend backend that was measured
 * @param reference backend that it was compared with
 * @param dataType floating type of the backend's computation
 * @param referenceType floating type of the reference's computation; FLOAT64 unless two backends
 *     are compared with each other
 * @param fusion requested choice of plans
 * @param tolerance tolerance applied
 * @param seed seed of the dropout masks
 * @param examples number of rows of the batch
 * @param loss loss on the backend
 * @param referenceLoss loss on the reference
 * @param choices plan chosen for each recurrent layer, first layer first; empty if every layer runs
 *     step by step
 * @param tensors all tensors, in the order of computation
 * @param forward first divergence in the forward pass
 * @param backward first divergence in the backward pass; usually a consequence if there is one in
 *     the forward pass
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
  /** Creates a report with copies of the lists. */
  public ParityReport {
    choices = List.copyOf(choices);
    tensors = List.copyOf(tensors);
  }

  /**
   * Returns whether fused plans ran.
   *
   * @return true if at least one recurrent layer ran a fused plan
   */
  public boolean isFused() {
    return choices.stream().anyMatch(choice -> choice.report().verdict().fused());
  }

  /**
   * Returns whether everything is within the tolerance.
   *
   * @return true if nothing diverges
   */
  public boolean agrees() {
    return first().isEmpty();
  }

  /**
   * Returns the first divergence.
   *
   * @return the first divergence of both passes; empty if everything is within the tolerance
   */
  public Optional<Divergence> first() {
    return forward.or(() -> backward);
  }

  /**
   * Returns the tensor with the largest difference relative to its tolerance.
   *
   * @param stage half of the training step
   * @return the first such tensor
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
