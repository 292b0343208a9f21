package org.recur4j.models.parity;

import java.util.List;
import java.util.function.BiFunction;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.seq2seq.EncoderDecoder;
import org.recur4j.models.seq2seq.SequencePair;
import org.recur4j.models.training.loss.Loss;
import org.recur4j.models.training.model.Trainable;

/**
 * Whether backends compute the same: one model, its weights, one batch and one seed, run forward
 * and backward in double precision once, and then on any backend, number by number.
 *
 * <pre>{@code
 * try (Backend ejml = Backends.open("ejml"); Backend nd4j = Backends.open("nd4j")) {
 *   Parity parity = Parity.of(network, Loss.of(Answer.CLASSES), examples, ejml, 1);
 *   System.out.println(parity.measure(nd4j, Fusion.AUTO));
 * }
 * }</pre>
 *
 * <p>Dropout masks are drawn, because they come from the seed alone. The numbers of a recurrent
 * layer are looked at step by step (gates, cell states, hidden states, and on the way back the
 * gradients of the hidden states), so that the first step that goes wrong can be named. It keeps
 * the reference's numbers on the heap: for a batch, not for a data set.
 */
public final class Parity {
  private final ParityCase<?> subject;
  private final DataType type;
  private final Backend reference;
  private final StepRecording wanted;

  private Parity(ParityCase<?> subject, DataType type, Backend reference) {
    if (!reference.info().dataTypes().contains(DataType.FLOAT64)) {
      throw new InvalidArgumentException(
          "parity against backend " + reference.info().name(),
          "types " + reference.info().dataTypes(),
          "FLOAT64 among them",
          "Take a reference in double precision, such as ejml");
    }
    this.subject = subject;
    this.type = type;
    this.reference = reference;
    this.wanted = subject.record(reference, DataType.FLOAT64, Fusion.AUTO);
  }

  /**
   * Runs a network on the reference.
   *
   * @param network its architecture and weights; stays as it is
   * @param loss of the network's kind of answer
   * @param examples one batch
   * @param reference a backend that offers FLOAT64
   * @param seed of the dropout masks
   * @return ready to measure backends
   * @throws InvalidArgumentException if there is no example, or it or the loss does not fit the
   *     network, or the reference lacks FLOAT64
   */
  public static Parity of(
      Network network, Loss loss, List<Example> examples, Backend reference, long seed) {
    DataType own =
        Trainable.of(network, loss).dataType(); // Refuses a loss before there are copies.
    BiFunction<Backend, DataType, ParityCase.ModelCopy<Example>> build =
        (backend, type) -> {
          Network copy = Networks.copy(network, backend, type);
          return new ParityCase.ModelCopy<>(Trainable.of(copy, loss), copy::close);
        };
    ParityCase<Example> subject = new ParityCase<>(build, examples, seed);
    return new Parity(subject, own, reference);
  }

  /**
   * Runs an encoder–decoder on the reference, the decoder fed with the right targets.
   *
   * @param model its architecture and weights; stays as it is
   * @param pairs one batch
   * @param reference a backend that offers FLOAT64
   * @param seed of the dropout masks
   * @return ready to measure backends
   * @throws InvalidArgumentException as {@link #of(Network, Loss, List, Backend, long)}
   */
  public static Parity of(
      EncoderDecoder model, List<SequencePair> pairs, Backend reference, long seed) {
    BiFunction<Backend, DataType, ParityCase.ModelCopy<SequencePair>> build =
        (backend, type) -> {
          EncoderDecoder copy = model.copy(backend, type);
          return new ParityCase.ModelCopy<>(copy, copy::close);
        };
    return new Parity(new ParityCase<>(build, pairs, seed), model.dataType(), reference);
  }

  /**
   * Runs the same on a backend, within the conformance kit's tolerance.
   *
   * @param backend what is measured
   * @param fusion AUTO for the plans that it would choose, FORBID for portable plans, REQUIRE for
   *     fused ones
   * @return the differences
   * @throws org.recur4j.api.error.BackendException if fused plans are required and it has none
   */
  public ParityReport measure(Backend backend, Fusion fusion) {
    return measure(backend, fusion, Tolerance.of(type));
  }

  /**
   * Runs the same on a backend.
   *
   * @param backend what is measured
   * @param fusion which plans, as {@link #measure(Backend, Fusion)}
   * @param tolerance what is allowed
   * @return the differences
   * @throws org.recur4j.api.error.BackendException if fused plans are required and it has none
   */
  public ParityReport measure(Backend backend, Fusion fusion, Tolerance tolerance) {
    StepRecording got = subject.record(backend, type, fusion);
    return report(
        backend, got, new Reference(reference, DataType.FLOAT64, wanted), fusion, tolerance);
  }

  /**
   * Two backends side by side, in the model's own type: how far apart they are, which says nothing
   * about which of them is right.
   *
   * @param backend what is measured
   * @param other what it is measured against
   * @param fusion which plans on both, as {@link #measure(Backend, Fusion)}
   * @return the differences, within the conformance kit's tolerance
   * @throws org.recur4j.api.error.BackendException if fused plans are required and one has none
   */
  public ParityReport between(Backend backend, Backend other, Fusion fusion) {
    Reference beside = new Reference(other, type, subject.record(other, type, fusion));
    StepRecording got = subject.record(backend, type, fusion);
    return report(backend, got, beside, fusion, Tolerance.of(type));
  }

  private record Reference(Backend backend, DataType type, StepRecording recording) {}

  private ParityReport report(
      Backend backend, StepRecording got, Reference against, Fusion fusion, Tolerance tolerance) {
    Differences differences = Differences.of(got, against.recording(), tolerance, type);
    return new ParityReport(
        backend.info(),
        against.backend().info(),
        type,
        against.type(),
        fusion,
        tolerance,
        subject.seed(),
        subject.examples().size(),
        got.loss(),
        against.recording().loss(),
        got.choices(),
        differences.tensors(),
        differences.first(ParityPhase.FORWARD),
        differences.first(ParityPhase.BACKWARD));
  }
}
