package org.recur4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;

/** Layers that the library does not know, in the middle of networks. */
class CustomLayerTest {
  private static final float[][] LONG = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};
  private static final float[][] SHORT = {{-1, -2}, {-3, -4}};

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

  /** Every step sees the features of the next one; a row's last step sees zeros. */
  record TimeShift() implements CustomLayer {
    @Override
    public Tensor forward(Ops ops, Lengths lengths, Tensor lengthTensor, Tensor values) {
      Tensor none = ops.affine(0, ops.slice(values, 0, 0, 1), 0);
      return lengths.steps() == 1
          ? none
          : ops.concatenate(0, ops.slice(values, 0, 1, lengths.steps()), none);
    }
  }

  /** The features beside learned multiples of them; what it writes into padding is not zero. */
  record Widened(Parameter gain, Parameter shift) implements CustomLayer {
    Widened(Parameters parameters, int inputSize) {
      this(
          parameters.input("gain", 1, inputSize, inputSize),
          parameters.bias("shift", new float[inputSize]));
    }

    @Override
    public Tensor forward(Ops ops, Lengths lengths, Tensor lengthTensor, Tensor values) {
      Tensor linear = ops.linear(values, gain.value(), shift.value());
      return ops.concatenate(-1, values, ops.affine(1, linear, 3));
    }

    @Override
    public int outputSize(int inputSize) {
      return 2 * inputSize;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(gain, shift);
    }
  }

  private static final Factories OWN =
      Factories.ofLayers(
          Map.of("time-shift", (parameters, size) -> new TimeShift(), "widened", Widened::new));

  private Network shifting(boolean shift) {
    var builder = Networks.manyToMany().features(2).seed(3);
    if (shift) {
      builder.layer("time-shift", (parameters, size) -> new TimeShift());
    }
    return builder.recurrent(Networks.gru(3)).values(1).build(backend);
  }

  private Network widening(DataType type) {
    return Networks.manyToMany()
        .features(2)
        .dense(2, Activation.TANH)
        .layer("widened", Widened::new)
        .layer("time-shift", (parameters, size) -> new TimeShift())
        .recurrent(Networks.gru(3))
        .values(1)
        .dataType(type)
        .seed(3)
        .build(backend);
  }

  private static SequenceBatch batch(float[][]... rows) {
    return SequenceBatch.ofFeatures(List.of(rows));
  }

  private static float[][] shifted(float[][] row) {
    float[][] shifted = Arrays.copyOfRange(row, 1, row.length + 1);
    shifted[row.length - 1] = new float[row[0].length];
    return shifted;
  }

  private static Example example(float[][] row) {
    float[][] wanted = new float[row.length][];
    for (int t = 0; t < row.length; t++) {
      wanted[t] = new float[] {(t + 1) * 0.25f};
    }
    return Example.valued(row, wanted);
  }

  @Test
  void shiftsWithinEachRow() {
    try (Network shifting = shifting(true);
        Network plain = shifting(false)) {
      for (float[][][] rows : List.of(new float[][][] {LONG, SHORT}, new float[][][] {{{1, 2}}})) {
        float[][][] moved =
            Arrays.stream(rows).map(CustomLayerTest::shifted).toArray(float[][][]::new);
        assertThat(shifting.predict(batch(rows))).isDeepEqualTo(plain.predict(batch(moved)));
      }
      Trainer.of(shifting).epochs(3).train(List.of(example(LONG), example(SHORT)));
      Trainer.of(plain).epochs(3).train(List.of(answered(LONG), answered(SHORT)));
      assertThat(values(shifting)).isEqualTo(values(plain));
    }
  }

  /** The answers stay where they are. */
  private static Example answered(float[][] row) {
    return Example.valued(shifted(row), example(row).values());
  }

  private static List<List<Double>> values(Network network) {
    List<List<Double>> values = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      double[] value = new double[parameter.value().size()];
      network.backend().download(parameter.value(), value, 0);
      values.add(Arrays.stream(value).boxed().toList());
    }
    return values;
  }

  /** One step of gradient descent takes away what finite differences of the loss say. */
  @Test
  void gradientsPassThroughItAndReachItsParameters() {
    List<Example> examples = List.of(example(LONG), example(SHORT));
    try (Network before = widening(DataType.FLOAT64);
        Network after = widening(DataType.FLOAT64)) {
      Trainer.of(after).optimizer(Optimizer.sgd(1, 0)).epochs(1).train(examples);
      List<List<Double>> moved = values(after);
      List<List<Double>> began = values(before);
      for (int p = 0; p < began.size(); p++) {
        Parameter parameter = before.parameters().get(p);
        double[] value = began.get(p).stream().mapToDouble(x -> x).toArray();
        value[0] += 1e-5;
        double above = loss(before, parameter, value, examples);
        value[0] -= 2e-5;
        double below = loss(before, parameter, value, examples);
        value[0] = began.get(p).get(0);
        loss(before, parameter, value, examples);
        assertThat(value[0] - moved.get(p).get(0))
            .as(parameter.name())
            .isCloseTo((above - below) / 2e-5, within(1e-7));
      }
    }
  }

  private double loss(
      Network network, Parameter parameter, double[] value, List<Example> examples) {
    backend.upload(value, 0, parameter.value());
    network.refresh();
    return Trainer.evaluate(network, examples).loss();
  }

  @Test
  void whatItWritesPastTheLengthsIsNotSeen() {
    try (Network network = widening(DataType.FLOAT32)) {
      float[] alone = network.predict(batch(SHORT))[0];
      float[] beside = network.predict(batch(SHORT, LONG))[0];
      assertThat(Arrays.copyOf(beside, alone.length)).containsExactly(alone, within(1e-6f));
    }
  }

  @Test
  void isSavedAndLoadedByItsName() throws Exception {
    Path file = folder.resolve("model.safetensors");
    Path again = folder.resolve("again.safetensors");
    float[][] wanted;
    try (Network network = widening(DataType.FLOAT32)) {
      Trainer.of(network).epochs(2).train(List.of(example(LONG), example(SHORT)));
      network.save(file);
      wanted = network.predict(batch(LONG, SHORT));
      assertThat(network.layerNames()).contains("widened 2→4", "time-shift 4→4");
      assertThat(network.summary()).contains("widened 2→4");
      assertThat(network.parameters().stream().map(Parameter::name))
          .contains("custom0.gain", "custom0.shift");
    }
    try (Network read = Network.load(file, backend, OWN);
        Network copy = Networks.copy(read, backend, DataType.FLOAT32)) {
      assertThat(read.predict(batch(LONG, SHORT))).isDeepEqualTo(wanted);
      assertThat(copy.predict(batch(LONG, SHORT))).isDeepEqualTo(wanted);
      read.save(again);
    }
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
    assertThatThrownBy(() -> Network.load(file, backend))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(
            "no factory for the layer 'widened'; expected a factory of that name");
  }

  @Test
  void whereStepsComeOneByOneItIsRefused() {
    try (Network network = shifting(true)) {
      assertThatThrownBy(network::session)
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("the layer 'time-shift', which needs the whole sequence");
      assertThatThrownBy(
              () -> Trainer.of(network).truncatedBackpropagation(2).train(List.of(example(LONG))))
          .hasMessageContaining("Custom[name=time-shift]")
          .hasMessageContaining("layers that can be split between two steps");
    }
    List<LayerSpec> layers =
        List.of(
            new LayerSpec.Custom("time-shift"),
            Networks.gru(3),
            new LayerSpec.Dense(2, Activation.IDENTITY));
    assertThatThrownBy(
            () ->
                new Architecture(
                    Topology.ONE_TO_MANY, 2, DataType.FLOAT32, layers, OutputKind.VALUES))
        .hasMessageContaining("Custom[name=time-shift] in a one-to-many network");
  }

  @Test
  void refusesAnOutputOfAnotherSizeThanDeclared() {
    try (Network network =
        Networks.manyToMany()
            .features(2)
            .layer("half", (parameters, size) -> (ops, n, lengths, x) -> ops.slice(x, -1, 0, 1))
            .values(1)
            .build(backend)) {
      assertThatThrownBy(() -> network.predict(batch(LONG)))
          .hasMessageContaining("layer 'half'")
          .hasMessageContaining("[4, 1, 1]; expected [4, 1, 2]");
    }
    assertThatThrownBy(() -> Networks.manyToMany().layer(" ", Widened::new))
        .hasMessageContaining("an empty name");
  }
}
