package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.PeepholeLstmSpec;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.internal.assembly.ArchitectureJson;
import org.recur4j.models.internal.json.ChangedDocuments;
import org.recur4j.models.layer.LayerNormalizedCell;
import org.recur4j.models.safetensors.ChangedMetadata;

/**
 * Small model files with right checksums whose architecture says what no writer wrote: each is
 * refused as a model file, or means exactly what it says. None takes more memory than its tensors.
 */
class ChangedNumbersTest {
  private static final String ARCHITECTURE = "recur4j.architecture";
  private static final Map<String, Cell.Factory> CELLS =
      Map.of("normalized", LayerNormalizedCell.factory(3), "two", TwoCells::new);

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

  static Stream<NetworkBuilder<?>> networks() {
    return Stream.of(
        Networks.manyToOne()
            .embedding(5, 3)
            .dropout(0.25)
            .bidirectional(lstm(4).recurrentDropout(0.5).learnedInitialState())
            .recurrent(gru(3).initialization(RecurrentInitialization.orthogonal(1.5)))
            .pooling(Pooling.ATTENTION)
            .dense(5, new Activation(Activation.Kind.LEAKY_RELU, 0.1, 0))
            .layerNormalization()
            .classes(2),
        Networks.manyToMany()
            .features(2)
            .dataType(DataType.FLOAT64)
            .recurrent(lstm(3).direction(Direction.BIDIRECTIONAL).merge(Merge.SUM))
            .recurrent(PeepholeLstmSpec.of(2).clip(4).coupledGates())
            .cell("normalized", CELLS.get("normalized"))
            .cell("two", CELLS.get("two"))
            .values(1),
        Networks.oneToMany().features(3).recurrent(gru(2)).values(3));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyChangedArchitectureIsRefusedOrMeansWhatItSays(NetworkBuilder<?> builder) {
    Path file = folder.resolve("model.safetensors");
    try (Network network = builder.build(backend)) {
      network.save(file);
    }
    ChangedMetadata changed = new ChangedMetadata(file);
    int refused = 0;
    for (String text : ChangedDocuments.of(changed.metadata().get(ARCHITECTURE))) {
      changed.write(ARCHITECTURE, text);
      try (Network network = Network.load(file, backend, CELLS)) {
        assertThat(ArchitectureJson.write(network.architecture()))
            .as(text)
            .matches(said -> ChangedDocuments.equal(said, text));
      } catch (ModelFileException e) {
        assertThat(e).hasMessageContaining("Cannot read model file " + file);
        assertThat(e.getMessage().length()).as(e.getMessage()).isLessThan(1000);
        refused++;
      } catch (InvalidArgumentException e) {
        assertThat(e).hasMessageContaining("no factory for the cell '");
      } catch (Throwable e) {
        throw new AssertionError("loading " + text, e);
      }
    }
    assertThat(refused).isGreaterThan(250);
  }

  /** What each kind of damage is called. */
  @Test
  void theMessageNamesTheMember() {
    Path file = folder.resolve("model.safetensors");
    try (Network network =
        Networks.manyToOne().embedding(5, 3).recurrent(lstm(4)).classes(2).build(backend)) {
      network.save(file);
    }
    assertRefusal(
        file,
        "\"vocabulary\":5",
        "\"vocabulary\":3.5",
        "'layers[0].vocabulary' is 3.5, expected a whole number from 1 to 2147483647");
    assertRefusal(
        file,
        "\"vocabulary\":5",
        "\"vocabulary\":2000000000",
        "got tensor 'embedding.weight' of type F32 and shape [5, 3]",
        "expected F32 [2000000000, 3] according to its architecture");
    assertRefusal(
        file,
        "\"hiddenSize\":4",
        "\"hiddenSize\":40000",
        "got tensor 'rnn.weight_ih_l0' of type F32 and shape [16, 3]",
        "expected F32 [160000, 3]");
    assertRefusal(
        file, "\"hiddenSize\":4", "\"hiddenSize\":2147483647", "expected F32 [8589934588, 3]");
    assertRefusal(
        file,
        "\"units\":2",
        "\"units\":2000000000",
        "got tensor 'head.weight'",
        "expected F32 [2000000000, 4]");
    assertRefusal(file, "\"units\":2", "\"units\":2,\"units\":2", "'layers[2].units' occurs twice");
    assertRefusal(
        file,
        "\"learnedInitialState\":false",
        "\"learnedInitialState\":\"false\"",
        "'layers[1].learnedInitialState' is 'false', expected true or false");
    assertRefusal(file, "\"gain\":1.0", "\"gain\":NaN", "not valid JSON at line 1 column");
    assertRefusal(file, "\"FLOAT32\"", "\"INT32\"", "got weights of type INT32");
    assertRefusal(
        file,
        "\"FLOAT32\"",
        "\"FLOAT8\"",
        "'dataType' is 'FLOAT8', expected one of FLOAT32, FLOAT64, INT32");
    assertRefusal(file, "\"units\":2", "\"units\":2,\"unit\":2", "unknown member 'layers[2].unit'");
  }

  private void assertRefusal(Path file, String from, String to, String... parts) {
    ChangedMetadata changed = new ChangedMetadata(file);
    String before = changed.metadata().get(ARCHITECTURE);
    assertThat(before).contains(from);
    changed.write(ARCHITECTURE, before.replaceFirst(Pattern.quote(from), to));
    assertThatThrownBy(() -> Network.load(file, backend))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContainingAll(parts);
    changed.write(ARCHITECTURE, before);
  }

  /** A cell of two, whose parameters have other names outside than where they are made. */
  private static final class TwoCells implements Cell {
    private final LayerNormalizedCell first;
    private final LayerNormalizedCell second;

    TwoCells(Parameters parameters, int inputSize) {
      first = new LayerNormalizedCell(parameters, inputSize, 2);
      second = new LayerNormalizedCell(parameters, 2, 2);
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> all = new ArrayList<>();
      first.parameters().forEach(p -> all.add(new Parameter("first." + p.name(), p.value())));
      second.parameters().forEach(p -> all.add(new Parameter("second." + p.name(), p.value())));
      return all;
    }

    @Override
    public int hiddenSize() {
      return 2;
    }

    @Override
    public State initialState(Ops ops, int batch) {
      return State.of(
          second.initialState(ops, batch).hidden(), first.initialState(ops, batch).hidden());
    }

    @Override
    public State step(Ops ops, Tensor x, State previous) {
      State below = first.step(ops, x, State.of(previous.parts().get(1)));
      State above = second.step(ops, below.hidden(), State.of(previous.parts().get(0)));
      return State.of(above.hidden(), below.hidden());
    }
  }
}
