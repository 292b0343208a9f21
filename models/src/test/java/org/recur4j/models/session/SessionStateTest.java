package org.recur4j.models.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.network.ManyToManyBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/** States as bytes: the same after reading, refused when anything has happened to them. */
class SessionStateTest {
  private static final int PLACE_OF_VERSION = 8;
  private static final int PLACE_OF_ROWS = 8 + 4 + 64 + 4;
  private static Backend backend;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT32", "FLOAT64"})
  void aStateIsTheSameAfterReading(DataType type) throws IOException {
    SessionState state = state(type);
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    state.writeTo(target);
    state.writeTo(target);
    target.write(42);
    ByteArrayInputStream source = new ByteArrayInputStream(target.toByteArray());
    SessionState first = SessionState.readFrom(source);
    assertThat(first).isEqualTo(state).hasSameHashCodeAs(state).hasToString(state.toString());
    assertThat(SessionState.readFrom(source)).isEqualTo(state);
    assertThat(source.read()).isEqualTo(42);
    assertThat(first.rows()).isEqualTo(2);
    assertThat(first.toString()).startsWith("state of 2 rows, 20 numbers, of model ");
  }

  @Test
  void aStateServesTheModelFromItsFile() throws IOException {
    Path file = folder.resolve("model.safetensors");
    float[] expected = new float[6];
    float[] y = new float[6];
    byte[] kept;
    try (Network network = builder(DataType.FLOAT32).build(backend);
        Session session = network.session(2)) {
      network.save(file);
      session.step(new int[] {1, 2}, y);
      kept = bytes(session.snapshot());
      session.step(new int[] {3, 4}, expected);
    }
    try (Network network = Network.load(file, backend);
        Session session = network.session(2)) {
      session.restore(SessionState.readFrom(new ByteArrayInputStream(kept)));
      session.step(new int[] {3, 4}, y);
      assertThat(y).isEqualTo(expected);
    }
  }

  @Test
  void everyCutIsRefused() throws IOException {
    byte[] bytes = bytes(state(DataType.FLOAT32));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(part))
          .as("cut to %d", length)
          .isInstanceOf(RecurException.class)
          .hasMessageContaining("the end of the stream after")
          .hasMessageContaining("a complete state");
    }
  }

  @Test
  void everyFlippedBitIsRefused() throws IOException {
    byte[] bytes = bytes(state(DataType.FLOAT32));
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] flipped = bytes.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> read(flipped))
          .as("bit %d of byte %d", i % 8, i / 8)
          .isInstanceOf(RecurException.class)
          .hasMessageStartingWith("SessionState.readFrom");
    }
  }

  @Test
  void otherFilesVersionsAndSizesAreNamed() throws IOException {
    byte[] bytes = bytes(state(DataType.FLOAT32));
    assertThatThrownBy(() -> read("not a state".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("begins with other bytes")
        .hasMessageContaining("RECUR4JS");
    assertThatThrownBy(() -> read(with(bytes, PLACE_OF_VERSION, 2)))
        .hasMessageContaining("version 2")
        .hasMessageContaining("version 1");
    assertThatThrownBy(() -> read(with(bytes, PLACE_OF_ROWS, 0))).hasMessageContaining("0 rows");
    assertThatThrownBy(() -> read(with(bytes, PLACE_OF_ROWS + 4, -1)))
        .hasMessageContaining("-1 parts");
    assertThatThrownBy(() -> read(with(bytes, PLACE_OF_ROWS + 8, Integer.MAX_VALUE)))
        .hasMessageContaining("a part of 2147483647 numbers");
    assertThatThrownBy(() -> read(with(bytes, PLACE_OF_ROWS + 8, 1 << 28)))
        .hasMessageContaining("the end of the stream after");
  }

  @Test
  void aStateThatFitsNothingIsRefusedBeforeAnythingMoves() throws IOException {
    try (Network network = builder(DataType.FLOAT32).build(backend);
        Session session = network.session(2)) {
      session.step(new int[] {1, 2}, new float[6]);
      SessionState before = session.snapshot();
      SessionState half =
          new SessionState(
              network.fingerprint(), DataType.FLOAT32, 2, new double[][] {new double[10]});
      assertThatThrownBy(() -> session.restore(half))
          .hasMessageContaining("parts of sizes [10]")
          .hasMessageContaining("[10, 10]");
      assertThat(session.snapshot()).isEqualTo(before);
    }
  }

  @Test
  void aStateWithAnotherFingerprintTypeOrNumberIsRefused() throws IOException {
    byte[] bytes = bytes(state(DataType.FLOAT32));
    assertThatThrownBy(() -> read(with(bytes, PLACE_OF_VERSION + 4, 0x41424344)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("bytes that are not a model's fingerprint")
        .hasMessageContaining("64 hexadecimal digits");
    try (Network network = builder(DataType.FLOAT32).build(backend);
        Session session = network.session(2)) {
      session.step(new int[] {1, 2}, new float[6]);
      SessionState before = session.snapshot();
      for (int bits : new int[] {0x7fc00000, 0x7f800000, 0xff800000}) {
        SessionState infinite = read(with(bytes(before), PLACE_OF_ROWS + 12, bits));
        assertThatThrownBy(() -> session.restore(infinite))
            .isInstanceOf(InvalidArgumentException.class)
            .hasMessageContaining(Float.intBitsToFloat(bits) + " in part 0")
            .hasMessageContaining("finite numbers");
      }
      SessionState doubles =
          new SessionState(network.fingerprint(), DataType.FLOAT64, 2, before.parts());
      assertThatThrownBy(() -> session.restore(doubles))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("a state of FLOAT64 numbers")
          .hasMessageContaining("FLOAT32, the type of the model");
      assertThat(session.snapshot()).isEqualTo(before);
    }
  }

  /** Another number at a place, under a checksum that says nothing about it. */
  private static byte[] with(byte[] bytes, int place, int value) {
    ByteBuffer changed = ByteBuffer.wrap(bytes.clone()).putInt(place, value);
    CRC32C sum = new CRC32C();
    sum.update(changed.array(), 0, bytes.length - 4);
    return changed.putInt(bytes.length - 4, (int) sum.getValue()).array();
  }

  private static SessionState read(byte[] bytes) throws IOException {
    return SessionState.readFrom(new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(SessionState state) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    state.writeTo(target);
    return target.toByteArray();
  }

  private static SessionState state(DataType type) {
    try (Network network = builder(type).build(backend);
        Session session = network.session(2)) {
      session.step(new int[] {1, 2}, new float[6]);
      return session.snapshot();
    }
  }

  private static ManyToManyBuilder builder(DataType type) {
    return Networks.manyToMany()
        .embedding(6, 3)
        .recurrent(Networks.lstm(5))
        .classes(3)
        .initialWeights(InitialWeights.PYTORCH)
        .dataType(type);
  }
}
