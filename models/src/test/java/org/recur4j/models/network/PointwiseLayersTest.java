package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;

/** Embedding, dense layers at every step, dropout on inputs: what looks at one step at a time. */
class PointwiseLayersTest {
  private static final SequenceBatch RAGGED =
      SequenceBatch.ofIndices(List.of(new int[] {1, 0, 2}, new int[] {3}, new int[0]));

  @TempDir private Path folder;
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private float[] parameter(Network network, int index) {
    float[] values = new float[network.parameters().get(index).value().size()];
    backend.download(network.parameters().get(index).value(), values, 0);
    return values;
  }

  @Test
  void negativeIndexReadsAsZeros() {
    try (Network network = Networks.manyToMany().embedding(4, 2).values(2).build(backend)) {
      backend.upload(new float[] {1, 0, 0, 1}, 0, network.parameters().get(1).value());
      network.refresh();
      float[] table = parameter(network, 0);
      float[] row = network.predict(SequenceBatch.ofIndices(List.of(new int[] {2, -1, 0})))[0];
      assertThat(row).containsExactly(table[4], table[5], 0, 0, table[0], table[1]);
    }
  }

  @Test
  void paddingRowBeginsAsZerosAndNeverLearns() {
    Path file = folder.resolve("model.safetensors");
    List<Example> examples =
        List.of(
            Example.classified(new int[] {1, 2, 2}, 1), Example.classified(new int[] {3, 2}, 0));
    try (Network network =
        Networks.manyToOne().embedding(4, 3, 2).recurrent(gru(4)).classes(2).build(backend)) {
      float[] before = parameter(network, 0);
      assertThat(Arrays.copyOfRange(before, 6, 9)).containsOnly(0);
      Trainer.of(network).optimizer(Optimizer.adamW(0.1, 0.1)).epochs(3).train(examples);
      float[] after = parameter(network, 0);
      assertThat(Arrays.copyOfRange(after, 6, 9)).containsOnly(0);
      assertThat(Arrays.copyOfRange(after, 3, 6)).isNotEqualTo(Arrays.copyOfRange(before, 3, 6));
      assertThat(network.summary()).contains("embedding 4→3, padding 2");
      network.save(file);
      try (Network loaded = Network.load(file, backend)) {
        assertThat(loaded.architecture()).isEqualTo(network.architecture());
        assertThat(parameter(loaded, 0)).containsExactly(after);
      }
    }
  }

  @Test
  void tableWithoutAPaddingRowIsTheSameButForThatRow() {
    try (Network with =
            Networks.manyToOne().embedding(4, 3, 2).recurrent(gru(4)).classes(2).build(backend);
        Network without =
            Networks.manyToOne().embedding(4, 3).recurrent(gru(4)).classes(2).build(backend)) {
      assertThat(with.predict(RAGGED)[1]).containsExactly(without.predict(RAGGED)[1]);
      assertThat(with.predict(RAGGED)[0]).isNotEqualTo(without.predict(RAGGED)[0]);
    }
  }

  @Test
  void refusesAPaddingIndexThatIsNone() {
    assertThatThrownBy(() -> Networks.manyToOne().embedding(4, 3, 4))
        .hasMessageContainingAll("padding index 4", "[0, 4)", "masked");
    assertThatThrownBy(() -> new LayerSpec.Embedding(4, 3, -2))
        .hasMessageContaining("padding index -2");
  }

  @Test
  void refusesAnEmbeddingBehindAnotherLayer() {
    assertThatThrownBy(
            () ->
                Networks.manyToMany()
                    .features(2)
                    .dropout(0.1)
                    .embedding(4, 3)
                    .classes(2)
                    .architecture())
        .hasMessageContainingAll("an embedding after another layer", "only as the first layer");
  }

  @Test
  void denseLayerIsTheSameAtEveryStep() {
    try (Network many =
            Networks.manyToMany()
                .features(2)
                .dense(5, Activation.TANH)
                .values(3)
                .seed(6)
                .build(backend);
        Network one =
            Networks.oneToOne()
                .features(2)
                .dense(5, Activation.TANH)
                .values(3)
                .seed(6)
                .build(backend)) {
      float[][] steps = {{1, -2}, {0.5f, 3}, {-1, 0.25f}};
      float[] row = many.predict(SequenceBatch.ofFeatures(List.<float[][]>of(steps)))[0];
      for (int t = 0; t < steps.length; t++) {
        float[] alone =
            one.predict(SequenceBatch.ofFeatures(List.<float[][]>of(new float[][] {steps[t]})))[0];
        assertThat(Arrays.copyOfRange(row, 3 * t, 3 * t + 3)).containsExactly(alone, within(1e-6f));
      }
    }
  }

  @Test
  void gradientsOfDenseLayersBetweenRecurrentOnes() {
    NetworkBuilder<?> builder =
        Networks.manyToMany()
            .embedding(4, 3)
            .recurrent(gru(3))
            .dense(4, Activation.TANH)
            .bidirectional(gru(2))
            .values(2);
    assertThat(NumericGradients.check(builder, RAGGED)).isGreaterThan(100);
  }

  @Test
  void dropoutAsTheFirstLayerDropsInputs() {
    try (Network network =
            Networks.oneToOne().features(200).dropout(0.4).values(200).build(backend);
        NetworkRun run = network.open(Mode.TRAINING, 5);
        Scope scope = backend.scope("test")) {
      float[] identity = new float[200 * 200];
      for (int i = 0; i < 200; i++) {
        identity[i * 201] = 1;
      }
      backend.upload(identity, 0, network.parameters().get(0).value());
      network.refresh();
      float[][] ones = new float[1][200];
      Arrays.fill(ones[0], 1);
      SequenceBatch batch = SequenceBatch.ofFeatures(List.<float[][]>of(ones));
      float[] dropped = new float[200];
      backend.download(run.forward(new EagerOps(backend, scope), batch, 0), dropped, 0);
      int zeros = 0;
      for (float value : dropped) {
        assertThat(value).isIn(0f, (float) (1 / 0.6));
        zeros += value == 0 ? 1 : 0;
      }
      assertThat(zeros).isBetween(50, 110);
      assertThat(network.predict(batch)[0]).containsOnly(1);
    }
  }
}
