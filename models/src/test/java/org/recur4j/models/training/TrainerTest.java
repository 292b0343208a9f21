package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.vanilla;

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
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkBuilder;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;

class TrainerTest {
  private Backend backend;
  private final List<Object> leaks = new ArrayList<>();

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults().withOnLeak(leaks::addAll));
  }

  @AfterEach
  void close() {
    backend.close();
    assertThat(leaks).as("open scopes").isEmpty();
  }

  /** The minimal gated unit (Zhou et al. 2016) in ten lines. */
  private record MinimalGatedUnit(
      Parameter wf, Parameter uf, Parameter bf, Parameter wh, Parameter uh) implements Cell {
    static final int SIZE = 8;

    static Cell create(Parameters from, int inputs) {
      return new MinimalGatedUnit(
          from.input("wf", 1, SIZE, inputs),
          from.recurrent("uf", 1, SIZE),
          from.bias("bf", new float[SIZE]),
          from.input("wh", 1, SIZE, inputs),
          from.recurrent("uh", 1, SIZE));
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(wf, uf, bf, wh, uh);
    }

    @Override
    public int hiddenSize() {
      return SIZE;
    }

    @Override
    public State initialState(Ops ops, int batch) {
      return State.of(ops.zeros(DataType.FLOAT32, batch, SIZE));
    }

    @Override
    public State step(Ops ops, Tensor x, State previous) {
      Tensor h = previous.hidden();
      Tensor f =
          ops.sigmoid(
              ops.add(ops.linear(x, wf.value(), bf.value()), ops.linear(h, uf.value(), null)));
      Tensor candidate =
          ops.tanh(
              ops.add(
                  ops.linear(x, wh.value(), null),
                  ops.linear(ops.multiply(f, h), uh.value(), null)));
      return State.of(ops.add(h, ops.multiply(f, ops.subtract(candidate, h))));
    }
  }

  /** Sequences of 2 to 7 indices; the class is whether the first one is below 3. */
  private static List<Example> firstIndexDecides(int count) {
    Philox random = new Philox(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] sequence = new int[2 + random.bounded(6, RandomStream.CUSTOM.at(0), i, 0)];
      for (int t = 0; t < sequence.length; t++) {
        sequence[t] = random.bounded(6, RandomStream.CUSTOM.at(1), i, t);
      }
      examples.add(Example.classified(sequence, sequence[0] < 3 ? 0 : 1));
    }
    return examples;
  }

  private static NetworkBuilder<?> small() {
    return Networks.manyToOne()
        .embedding(6, 8)
        .bidirectional(lstm(8))
        .dropout(0.1)
        .classes(2)
        .seed(3);
  }

  private static Trainer<Example> trainer(Network network) {
    return Trainer.of(network)
        .optimizer(Optimizer.adam(0.02))
        .epochs(8)
        .batchSize(16)
        .maximumNorm(5)
        .validationFraction(0.25)
        .seed(3);
  }

  @Test
  void learnsWhatTheFirstIndexDecides() {
    try (Network network = small().stepwise().build(backend)) {
      TrainingResult result = trainer(network).train(firstIndexDecides(120));
      List<EpochReport> epochs = result.epochs();
      assertThat(epochs).hasSize(8);
      assertThat(epochs.get(7).loss()).isLessThan(epochs.get(0).loss() / 3);
      assertThat(epochs.get(7).validation().accuracy()).isGreaterThan(0.9);
    }
  }

  @Test
  void trainsACellOfTheUsersOwnAndReadsItBack(@TempDir Path folder) {
    SequenceBatch batch = SequenceBatch.ofIndices(List.of(new int[] {1, 2, 3}, new int[] {4}));
    Path file = folder.resolve("mgu.safetensors");
    float[][] before;
    try (Network network =
        Networks.manyToOne()
            .embedding(6, 8)
            .cell("minimal gated unit", false, MinimalGatedUnit::create)
            .classes(2)
            .build(backend)) {
      TrainingResult result = trainer(network).epochs(12).train(firstIndexDecides(120));
      assertThat(result.epochs().get(11).validation().accuracy()).isGreaterThan(0.9);
      before = network.predict(batch);
      network.save(file);
    }
    assertThatThrownBy(() -> Network.load(file, backend))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no factory for the cell 'minimal gated unit'");
    try (Network network =
        Network.load(file, backend, Map.of("minimal gated unit", MinimalGatedUnit::create))) {
      assertThat(network.predict(batch)).isDeepEqualTo(before);
    }
  }

  @Test
  void theSameSeedWritesTheSameFile(@TempDir Path folder) throws Exception {
    List<Path> files = List.of(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
    for (int i = 0; i < files.size(); i++) {
      try (Network network = small().stepwise().build(backend)) {
        trainer(network).epochs(2).seed(i == 2 ? 4 : 3).train(firstIndexDecides(40));
        network.save(files.get(i), Map.of("note", "x"));
      }
    }
    assertThat(Files.mismatch(files.get(0), files.get(1))).isEqualTo(-1);
    assertThat(Files.mismatch(files.get(0), files.get(2))).isNotEqualTo(-1);
  }

  @Test
  void earlyStoppingPutsTheBestWeightsBack() {
    List<Example> noise = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int[] sequence = {i % 6, (i * 5 + 1) % 6};
      noise.add(Example.classified(sequence, new Philox(1).bounded(2, 0, 0, i)));
    }
    List<Example> judges = noise.subList(0, 10);
    try (Network network = small().stepwise().build(backend)) {
      TrainingResult result =
          Trainer.of(network)
              .optimizer(Optimizer.adam(0.05))
              .epochs(50)
              .validation(judges)
              .earlyStopping(2)
              .train(noise.subList(10, 40));
      assertThat(result.end()).isEqualTo(TrainingResult.End.STOPPED_EARLY);
      double lowest =
          result.epochs().stream().mapToDouble(e -> e.validation().loss()).min().orElseThrow();
      assertThat(Trainer.evaluate(network, judges).loss()).isEqualTo(lowest);
    }
  }

  @Test
  void aListenerCanStopIt() {
    List<BatchReport> batches = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onBatch(BatchReport report) {
            batches.add(report);
          }

          @Override
          public boolean stopRequested() {
            return batches.size() == 3;
          }
        };
    try (Network network = small().stepwise().build(backend)) {
      TrainingResult result = trainer(network).listener(listener).train(firstIndexDecides(80));
      assertThat(result.end()).isEqualTo(TrainingResult.End.INTERRUPTED);
      assertThat(batches).hasSize(3).allMatch(BatchReport::applied);
    }
  }

  @Test
  void everyOptimizerLowersTheLossOfAlignedValues() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      float[][] x = new float[2 + i % 4][1];
      float[][] y = new float[x.length][1];
      for (int t = 0; t < x.length; t++) {
        x[t][0] = (float) Math.sin(i + t);
        y[t][0] = t == 0 ? 0 : x[t - 1][0];
      }
      examples.add(Example.valued(x, y));
    }
    for (Optimizer optimizer :
        List.of(
            Optimizer.sgd(0.1, 0.9),
            Optimizer.rmsProp(0.01),
            Optimizer.adam(0.02),
            Optimizer.adamW(0.02, 0.01))) {
      try (Network network =
          Networks.manyToMany().features(1).recurrent(gru(8)).values(1).stepwise().build(backend)) {
        double before = Trainer.evaluate(network, examples).loss();
        Trainer.of(network).optimizer(optimizer).epochs(30).batchSize(8).train(examples);
        assertThat(Trainer.evaluate(network, examples).loss())
            .as(optimizer.toString())
            .isLessThan(before / 3);
      }
    }
  }

  @Test
  void paddingAndOrderChangeNoPrediction() {
    try (Network network =
        Networks.manyToMany()
            .embedding(6, 4)
            .bidirectional(vanilla(5))
            .classes(3)
            .stepwise()
            .build(backend)) {
      int[] shorter = {1, 2};
      int[] longer = {3, 4, 5, 0, 1};
      float[] alone = network.predict(SequenceBatch.ofIndices(List.of(shorter)))[0];
      float[][] both = network.predict(SequenceBatch.ofIndices(List.of(longer, shorter)));
      assertThat(both[1]).containsExactly(alone).hasSize(6);
      assertThat(both[0]).hasSize(15);
      assertThat(both[0][0] + both[0][1] + both[0][2])
          .isCloseTo(1f, org.assertj.core.api.Assertions.within(1e-6f));
    }
  }

  @Test
  void aSavedNetworkPredictsTheSameAndDamageIsRefused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("names.safetensors");
    SequenceBatch batch = SequenceBatch.ofIndices(List.of(new int[] {1, 2, 3}, new int[0]));
    try (Network network =
        Networks.manyToOne()
            .embedding(6, 4)
            .cell("mgu", true, MinimalGatedUnit::create)
            .classes(2)
            .build(backend)) {
      network.save(file, Map.of("labels", "F,M"));
      Map<String, Cell.Factory> cells = Map.of("mgu", MinimalGatedUnit::create);
      try (Network read = Network.load(file, backend, cells)) {
        assertThat(read.predict(batch)).isDeepEqualTo(network.predict(batch));
        assertThat(read.metadata()).containsExactly(Map.entry("labels", "F,M"));
        assertThat(read.architecture()).isEqualTo(network.architecture());
        assertThat(read.parameters().stream().map(Parameter::name))
            .contains("embedding.weight", "rnn.wf_l0", "rnn.wf_l0_reverse", "head.bias");
        assertThat(read.summary()).contains("bidirectional mgu 4→8", "step by step");
      }
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 5] ^= 4;
      Files.write(file, bytes);
      assertThatThrownBy(() -> Network.load(file, backend, cells))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("SHA-256");
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      assertThatThrownBy(() -> Network.load(file, backend, cells))
          .isInstanceOf(ModelFileException.class);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (Network network = small().stepwise().build(backend)) {
      assertThatThrownBy(() -> network.predict(SequenceBatch.ofIndices(List.of(new int[] {6}))))
          .hasMessageContaining("got index 6; expected an index in [-1, 6)");
      assertThatThrownBy(
              () -> trainer(network).train(List.of(Example.classified(new int[] {1}, 2))))
          .hasMessageContaining("label 2 in example 0");
      assertThatThrownBy(() -> trainer(network).train(List.of()))
          .hasMessageContaining("0 training examples");
    }
    assertThatThrownBy(() -> Networks.manyToOne().recurrent(lstm(3)).classes(2).architecture())
        .hasMessageContaining("neither an embedding nor features");
  }
}
