package org.recur4j.models.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;
import org.recur4j.models.safetensors.StoredTensor;
import org.recur4j.models.safetensors.TensorEntry;
import org.recur4j.models.training.Line;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Batching;
import org.recur4j.models.training.schedule.Interval;
import org.recur4j.models.training.schedule.LearningRateSchedule;

/** An optimizer that the library does not know trains, is checkpointed and goes on as ours do. */
class OwnOptimizerTest {
  @TempDir private Path folder;
  private final List<Object> leaks = new ArrayList<>();
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults().withOnLeak(leaks::addAll));
  }

  @AfterEach
  void close() {
    backend.close();
    assertThat(leaks).as("open scopes").isEmpty();
  }

  /** Chen et al. 2023, algorithm 2. */
  record Lion(double learningRate, double beta1, double beta2, double decay) implements Optimizer {
    @Override
    public List<String> slots() {
      return List.of("momentum");
    }

    @Override
    public void update(ParameterUpdate u) {
      Tensor gradient = u.scaledGradient();
      Tensor momentum = u.slot("momentum");
      Tensor sign = u.ops().unary(Unary.SIGN, mix(u.ops(), beta1, momentum, gradient));
      u.descend(u.ops().add(sign, u.ops().affine(decay, u.value(), 0)));
      u.remember("momentum", mix(u.ops(), beta2, momentum, gradient));
    }

    private static Tensor mix(Ops ops, double beta, Tensor a, Tensor b) {
      return ops.add(ops.affine(beta, a, 0), ops.affine(1 - beta, b, 0));
    }

    @Override
    public String description() {
      return toString();
    }
  }

  private static final Lion LION = new Lion(0.05, 0.9, 0.99, 0.1);

  private static List<Line.Point> points() {
    List<Line.Point> points = new ArrayList<>();
    for (int x = 0; x < 8; x++) {
      points.add(new Line.Point(x, 0.5f * x - 1));
    }
    return points;
  }

  private static Trainer<Line.Point> trainer(Line line, Optimizer optimizer) {
    return Trainer.of(line).optimizer(optimizer).epochs(6).batchSize(3).seed(2);
  }

  @Test
  void movesTheWeightsByItsFormula() {
    double[] value = new double[2];
    double[] momentum = new double[2];
    for (int step = 0; step < 9; step++) {
      double[] gradient = new double[2];
      for (Line.Point point : points()) {
        double error = value[0] * point.x() + value[1] - point.y();
        gradient[0] += 2 * error * point.x() / 8;
        gradient[1] += 2 * error / 8;
      }
      for (int i = 0; i < 2; i++) {
        double sign = Math.signum(0.9 * momentum[i] + 0.1 * gradient[i]);
        value[i] -= 0.05 * (sign + 0.1 * value[i]);
        momentum[i] = 0.99 * momentum[i] + 0.01 * gradient[i];
      }
    }
    try (Line line = new Line(backend)) {
      trainer(line, LION).batchSize(8).epochs(9).train(points());
      assertThat((double) line.slope()).isCloseTo(value[0], within(1e-6));
      assertThat((double) line.height()).isCloseTo(value[1], within(1e-6));
      assertThat(value[0]).as("moved, and not only one way").isBetween(0.1, 0.44);
    }
  }

  @Test
  void goesOnFromACheckpointWithTheSameBits() {
    try (Line whole = new Line(backend);
        Line broken = new Line(backend);
        Line resumed = new Line(backend)) {
      trainer(whole, LION).train(points());
      int[] batches = {0};
      TrainingListener stop =
          new TrainingListener() {
            @Override
            public boolean stopRequested() {
              return ++batches[0] > 14;
            }
          };
      Trainer<Line.Point> first = kept(broken, LION).listener(stop);
      assertThat(first.train(points()).end()).isEqualTo(TrainingResult.End.INTERRUPTED);
      assertThat(names())
          .contains("optimiser.momentum.slope", "optimiser.momentum.height")
          .hasSize(4);
      assertThatThrownBy(() -> kept(resumed, new Lion(0.05, 0.9, 0.98, 0.1)).train(points()))
          .hasMessageContaining("got optimizer Lion[learningRate=0.05, beta1=0.9, beta2=0.98")
          .hasMessageContaining("expected Lion[learningRate=0.05, beta1=0.9, beta2=0.99");
      kept(resumed, LION).train(points());
      assertThat(broken.slope()).isNotEqualTo(whole.slope());
      assertThat(resumed.slope()).isEqualTo(whole.slope());
      assertThat(resumed.height()).isEqualTo(whole.height());
    }
  }

  private Path checkpoint() {
    return folder.resolve("training.safetensors");
  }

  private Trainer<Line.Point> kept(Line line, Optimizer optimizer) {
    return trainer(line, optimizer).checkpoint(checkpoint(), Interval.batches(1));
  }

  private List<String> names() {
    try (SafeTensorsFile file = SafeTensors.open(checkpoint())) {
      return file.header().entries().stream().map(TensorEntry::name).toList();
    }
  }

  /** It used to store zeros under the name of a momentum that it does not have. */
  @Test
  void plainGradientDescentRemembersNothingAndReadsCheckpointsThatHoldZeros() {
    Optimizer plain = Optimizer.sgd(0.01, 0);
    float slope;
    try (Line line = new Line(backend)) {
      kept(line, plain).train(points());
      slope = line.slope();
    }
    assertThat(names()).containsExactlyInAnyOrder("weight.slope", "weight.height");
    List<StoredTensor> tensors = new ArrayList<>();
    Map<String, String> metadata;
    try (SafeTensorsFile file = SafeTensors.open(checkpoint())) {
      metadata = new TreeMap<>(file.header().metadata());
      for (String name : List.of("slope", "height")) {
        tensors.add(StoredTensor.of("weight." + name, file.floats("weight." + name), 1, 1));
        tensors.add(StoredTensor.of("optimiser.first." + name, new float[1], 1, 1));
      }
    }
    SafeTensors.write(checkpoint(), tensors, metadata, Checksum.SHA256);
    try (Line line = new Line(backend)) {
      kept(line, plain).train(points());
      assertThat(line.slope()).isEqualTo(slope);
    }
  }

  @Test
  void whatCheckpointsCompareStaysAsItWas() {
    assertThat(Optimizer.sgd(0.1, 0.9).description())
        .isEqualTo(
            "Sgd[learningRate=0.1, settings=Sgd[momentum=0.9, weightDecay=0.0, nesterov=false]]");
    assertThat(Optimizer.rmsProp(0.1).description())
        .isEqualTo(
            "RmsProp[learningRate=0.1, settings=RmsProp[decay=0.99, epsilon=1.0E-8,"
                + " weightDecay=0.0]]");
    assertThat(Optimizer.adamW(0.1, 0.2).description())
        .isEqualTo(
            "Adam[learningRate=0.1, settings=Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8,"
                + " weightDecay=0.2, decoupled=true]]");
    assertThat(Clipping.none().description()).isEqualTo("None[]");
    assertThat(Clipping.value(2).description()).isEqualTo("ByValue[limit=2.0]");
    assertThat(Clipping.parameterNorm(2).description()).isEqualTo("ByParameterNorm[maximum=2.0]");
    assertThat(Clipping.globalNorm(2).description()).isEqualTo("ByGlobalNorm[maximum=2.0]");
    assertThat(LearningRateSchedule.warmUpCosine(3).description())
        .isEqualTo("WarmUp[warmUp=3, then=Cosine[floor=0.0]]");
    assertThat(LearningRateSchedule.plateau(0.5, 2).description())
        .isEqualTo("Plateau[reduction=0.5, patience=2, threshold=1.0E-4, floor=0.0]");
    LearningRateSchedule own = moment -> 0.5;
    assertThat(new LearningRateSchedule.WarmUp(3, own).description())
        .isEqualTo("WarmUp[warmUp=3, then=of the caller's own]");
    assertThat(new Batching(4, 3, 1, 0, 2).description())
        .isEqualTo("Batching[size=4, windowBatches=3, accumulated=1, chunk=0, evaluationSize=2]");
  }

  /** One that names its slots as it is told to. */
  private record Named(double learningRate, List<String> slots) implements Optimizer {
    @Override
    public void update(ParameterUpdate update) {
      update.slot("velocity");
    }

    @Override
    public String description() {
      return toString();
    }
  }

  @Test
  void refusesSlotsAndRatesThatCannotBe() {
    try (Line line = new Line(backend)) {
      refuses(line, new Named(0.1, List.of("a.b")), "slot 'a.b' among [a.b]");
      refuses(line, new Named(0.1, List.of("a", "a")), "slot 'a' among [a, a]");
      refuses(line, new Named(0.1, List.of("a")), "slot 'velocity'; expected one of [a]");
      refuses(line, new Named(Double.NaN, List.of()), "learning rate NaN");
      assertThat(line.slope()).isZero();
    }
  }

  private static void refuses(Line line, Optimizer optimizer, String part) {
    assertThatThrownBy(() -> trainer(line, optimizer).train(points()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(part);
  }

  /** Clipping of one's own: every gradient halved, by as many scales as it is told to give. */
  private record Half(int scales) implements Clipping {
    @Override
    public List<Tensor> clip(Ops ops, Gradients gradients, Tensor squaredSum) {
      Tensor half = ops.affine(0, squaredSum, 0.5);
      return List.of(half, half).subList(0, scales);
    }

    @Override
    public String description() {
      return toString();
    }
  }

  @Test
  void clippingIsOpenToo() {
    try (Line clipped = new Line(backend);
        Line slower = new Line(backend)) {
      trainer(clipped, Optimizer.sgd(1.0 / 64, 0)).clipping(new Half(2)).train(points());
      trainer(slower, Optimizer.sgd(1.0 / 128, 0)).train(points());
      assertThat(clipped.slope()).isEqualTo(slower.slope()).isNotZero();
      Trainer<Line.Point> wrong = trainer(clipped, LION).clipping(new Half(1));
      assertThatThrownBy(() -> wrong.train(points()))
          .hasMessageContaining("1 scales; expected one for each of 2 parameters");
    }
  }
}
