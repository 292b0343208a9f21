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
 * Compares the results of backends: one model with its weights, one batch and one seed are run
 * forward and backward once in double precision, then on any backend, and compared element by
 * element.
 *
 * <pre>{@code
 * try (Backend ejml = Backends.open("ejml"); Backend nd4j = Backends.open("nd4j")) {
 *   Parity parity = Parity.of(network, Loss.of(OutputKind.CLASSES), examples, ejml, 1);
 *   System.out.println(parity.measure(nd4j, Fusion.AUTO));
 * }
 * }</pre>
 *
 * <p>Dropout is applied, because its masks depend only on the seed. Recurrent layers are compared
 * step by step (gates, cell states, hidden states and, in the backward pass, the gradients of the
 * hidden states), so that the first divergent step can be reported. The reference's values are kept
 * on the heap, so this is meant for a batch, not for a data set.
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
          "types including FLOAT64",
          "Use a backend with double precision, such as ejml");
    }
    this.subject = subject;
    this.type = type;
    this.reference = reference;
    this.wanted = subject.record(reference, DataType.FLOAT64, Fusion.AUTO);
  }

  /**
   * Runs a network on the reference.
   *
   * @param network network with its weights; not changed
   * @param loss loss for the network's kind of output
   * @param examples one batch
   * @param reference a backend that supports FLOAT64
   * @param seed seed of the dropout masks
   * @return a comparison with the reference
   * @throws InvalidArgumentException if there is no example, the examples or the loss do not fit
   *     the network, or the reference does not support FLOAT64
   */
  public static Parity of(
      Network network, Loss loss, List<Example> examples, Backend reference, long seed) {
    DataType own = Trainable.of(network, loss).dataType(); // Validates the loss before copying.
    BiFunction<Backend, DataType, ParityCase.ModelCopy<Example>> build =
        (backend, type) -> {
          Network copy = Networks.copy(network, backend, type);
          return new ParityCase.ModelCopy<>(Trainable.of(copy, loss), copy::close);
        };
    ParityCase<Example> subject = new ParityCase<>(build, examples, seed);
    return new Parity(subject, own, reference);
  }

  /**
   * Runs an encoder–decoder on the reference, with teacher forcing.
   *
   * @param model model with its weights; not changed
   * @param pairs one batch
   * @param reference a backend that supports FLOAT64
   * @param seed seed of the dropout masks
   * @return a comparison with the reference
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
   * Runs the model on a backend and compares it with the conformance kit's tolerance.
   *
   * @param backend backend to measure
   * @param fusion AUTO for the backend's own choice of plans, FORBID for portable plans, REQUIRE
   *     for fused plans
   * @return the differences
   * @throws org.recur4j.api.error.BackendException if fused plans are required but not available
   */
  public ParityReport measure(Backend backend, Fusion fusion) {
    return measure(backend, fusion, Tolerance.of(type));
  }

  /**
   * Runs the model on a backend and compares it with the given tolerance.
   *
   * @param backend backend to measure
   * @param fusion choice of plans, as for {@link #measure(Backend, Fusion)}
   * @param tolerance largest allowed differences
   * @return the differences
   * @throws org.recur4j.api.error.BackendException if fused plans are required but not available
   */
  public ParityReport measure(Backend backend, Fusion fusion, Tolerance tolerance) {
    StepRecording got = subject.record(backend, type, fusion);
    return report(
        backend, got, new Reference(reference, DataType.FLOAT64, wanted), fusion, tolerance);
  }

  /**
   * Compares two backends with each other, in the model's own type. The result does not show which
   * of them is right.
   *
   * @param backend backend to measure
   * @param other backend to compare with
   * @param fusion choice of plans on both, as for {@link #measure(Backend, Fusion)}
   * @return the differences, with the conformance kit's tolerance
   * @throws org.recur4j.api.error.BackendException if fused plans are required but not available on
   *     both
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
