package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.lstm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;
import org.recur4j.models.safetensors.StoredTensor;
import org.recur4j.models.safetensors.TensorEntry;

/** Model files whose checksums are right and whose tensors are not those of the architecture. */
class NetworkFileTest {
  private static final String ARCHITECTURE = "recur4j.architecture";

  private final List<Object> leaks = new ArrayList<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private Backend backend;
  private Path file;
  private Map<String, String> metadata;

  @BeforeEach
  void save(@TempDir Path folder) {
    backend = new ToyProvider().open(BackendOptions.defaults().withOnLeak(leaks::addAll));
    file = folder.resolve("model.safetensors");
    try (Network network = small().build(backend)) {
      network.save(file);
    }
    try (SafeTensorsFile saved = SafeTensors.open(file)) {
      metadata = saved.header().metadata();
      for (TensorEntry entry : saved.header().entries()) {
        tensors.put(entry.name(), of(entry.name(), saved.floats(entry.name()), entry.shape()));
      }
    }
  }

  @AfterEach
  void close() {
    backend.close();
    assertThat(leaks).as("open scopes").isEmpty();
  }

  private static NetworkBuilder<?> small() {
    return Networks.manyToOne().embedding(5, 3).recurrent(lstm(4)).classes(2).seed(1);
  }

  private static StoredTensor of(String name, float[] values, List<Long> shape) {
    return StoredTensor.of(name, values, shape.stream().mapToLong(Long::longValue).toArray());
  }

  @Test
  void readsWhatWasWrittenAgain() {
    rewrite();
    try (Network network = Network.load(file, backend)) {
      assertThat(network.parameters()).hasSize(tensors.size()).hasSize(7);
    }
  }

  @Test
  void refusesAMissingTensor() {
    tensors.remove("rnn.weight_hh_l0");
    rewrite();
    assertRefusal(
        () -> Network.load(file, backend),
        "Cannot read model file " + file,
        "got no tensor 'rnn.weight_hh_l0'",
        "expected one of the file's 6: ",
        "embedding.weight",
        "Check that the file belongs to this model.");
  }

  @Test
  void refusesATensorTooMany() {
    tensors.put("rnn.weight_hh_l1", StoredTensor.of("rnn.weight_hh_l1", new float[4], 4));
    tensors.put("another", StoredTensor.of("another", new float[1], 1));
    rewrite();
    assertRefusal(
        () -> Network.load(file, backend),
        "got tensors that are not part of the architecture: [another, rnn.weight_hh_l1]",
        "expected exactly the 7 parameters of the network");
  }

  @Test
  void refusesATensorOfAnotherShape() {
    // As many values as before, so that nothing but the shape tells.
    tensors.put("head.weight", StoredTensor.of("head.weight", new float[8], 4, 2));
    rewrite();
    assertRefusal(
        () -> Network.load(file, backend),
        "got tensor 'head.weight' of type F32 and shape [4, 2]",
        "expected F32 [2, 4] according to its architecture");
  }

  @Test
  void refusesATensorOfAnotherType() {
    tensors.put("head.bias", StoredTensor.of("head.bias", new double[2], 2));
    rewrite();
    assertRefusal(
        () -> Network.load(file, backend),
        "got tensor 'head.bias' of type F64 and shape [2]",
        "expected F32 [2] according to its architecture");
  }

  @Test
  void keepsDoublesAsDoubles() {
    try (Network network = small().dataType(DataType.FLOAT64).build(backend)) {
      network.save(file);
      SequenceBatch batch = SequenceBatch.ofIndices(List.of(new int[] {1, 2}));
      try (Network read = Network.load(file, backend)) {
        assertThat(read.architecture().dataType()).isEqualTo(DataType.FLOAT64);
        assertThat(read.predict(batch)).isDeepEqualTo(network.predict(batch));
      }
    }
  }

  @Test
  void refusesAnArchitectureThatItCannotUnderstand() {
    Map<String, String> wrong = new LinkedHashMap<>(metadata);
    wrong.put(ARCHITECTURE, metadata.get(ARCHITECTURE).replace("\"version\":2", "\"version\":9"));
    SafeTensors.write(file, List.copyOf(tensors.values()), wrong, Checksum.SHA256);
    assertRefusal(
        () -> Network.load(file, backend),
        "an invalid architecture (version 9)",
        "expected one of version 2");
    wrong.remove(ARCHITECTURE);
    SafeTensors.write(file, List.copyOf(tensors.values()), wrong, Checksum.SHA256);
    assertRefusal(
        () -> Network.load(file, backend),
        "got no metadata 'recur4j.architecture'",
        "expected a file written by Network.save");
  }

  @Test
  void refusesNotesUnderTheLibrarysOwnPrefix() throws Exception {
    byte[] before = Files.readAllBytes(file);
    try (Network network = small().seed(2).build(backend)) {
      assertThatThrownBy(() -> network.save(file, Map.of("recur4j.labels", "a,b")))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContainingAll(
              "Network.save",
              "got a note with the key 'recur4j.labels'",
              "expected keys that do not begin with 'recur4j.'",
              "Use another key for the note");
    }
    assertThat(file).hasBinaryContent(before);
  }

  private void rewrite() {
    SafeTensors.write(file, List.copyOf(tensors.values()), metadata, Checksum.SHA256);
  }

  private static void assertRefusal(ThrowingCallable load, String... parts) {
    assertThatThrownBy(load)
        .isInstanceOf(ModelFileException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(Arrays.asList(parts)));
  }
}
