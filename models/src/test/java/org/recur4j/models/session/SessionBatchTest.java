package org.recur4j.models.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkBuilder;
import org.recur4j.models.network.Networks;

/** Clients that step together answer as sessions of their own, whoever steps beside them. */
class SessionBatchTest {
  private static final float TOLERANCE = 5e-6f;
  private static final int CAPACITY = 7;
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  static List<NetworkBuilder<?>> networks() {
    return SessionTest.networks();
  }

  /** Anybody comes, goes, begins anew and steps with anybody, by a fixed draw. */
  @ParameterizedTest
  @MethodSource("networks")
  void everyClientAnswersAsAlone(NetworkBuilder<?> builder) {
    Random draw = new Random(5);
    Map<Integer, Session> alone = new LinkedHashMap<>();
    try (Network network = builder.build(backend);
        SessionBatch batch = network.sessions(CAPACITY)) {
      int[] active = new int[CAPACITY];
      int[] input = new int[CAPACITY];
      float[] answers = new float[3 * CAPACITY];
      float[] y = new float[3];
      for (int tick = 0; tick < 60; tick++) {
        if (alone.size() < CAPACITY && draw.nextInt(3) > 0) {
          alone.put(batch.add(), network.session());
        }
        List<Integer> present = new ArrayList<>(alone.keySet());
        Collections.shuffle(present, draw);
        int count = present.isEmpty() ? 0 : draw.nextInt(present.size() + 1);
        for (int i = 0; i < count; i++) {
          active[i] = present.get(i);
          input[i] = draw.nextInt(7) - 1;
        }
        batch.step(active, count, input, answers);
        for (int i = 0; i < count; i++) {
          alone.get(active[i]).step(input[i], y);
          assertThat(Arrays.copyOfRange(answers, 3 * i, 3 * i + 3))
              .as("tick %d, client %d of %d", tick, active[i], count)
              .containsExactly(y, within(TOLERANCE));
        }
        if (!present.isEmpty() && draw.nextInt(8) == 0) {
          batch.remove(present.get(0));
          alone.remove(present.get(0)).close();
        } else if (!present.isEmpty() && draw.nextInt(8) == 0) {
          batch.reset(present.get(0));
          alone.get(present.get(0)).reset();
        }
        assertThat(batch.clients()).isEqualTo(alone.size());
      }
    } finally {
      alone.values().forEach(Session::close);
    }
  }

  @Test
  void everyCompanyOfEveryCapacityAnswersAsAlone() {
    try (Network network = features();
        Session alone = network.session()) {
      float[] y = new float[3];
      for (int capacity = 1; capacity <= 40; capacity++) {
        try (SessionBatch batch = network.sessions(capacity)) {
          int[] active = new int[capacity];
          for (int i = 0; i < capacity; i++) {
            active[capacity - 1 - i] = batch.add();
          }
          float[] input = new float[2 * capacity];
          float[] answers = new float[3 * capacity];
          for (int count = capacity; count > 0; count--) {
            alone.restore(batch.snapshot(active[count - 1]));
            input[2 * count - 2] = count;
            batch.step(active, count, input, answers);
            alone.step(new float[] {count, 0}, y);
            assertThat(Arrays.copyOfRange(answers, 3 * count - 3, 3 * count))
                .as("client %d of %d, capacity %d", count - 1, count, capacity)
                .containsExactly(y, within(TOLERANCE));
          }
        }
      }
    }
  }

  @Test
  void aStateGoesFromSessionToBatchAndBack() {
    try (Network network = features();
        Session session = network.session();
        SessionBatch batch = network.sessions(3)) {
      float[] y = new float[3];
      float[] answers = new float[9];
      session.step(new float[] {1, 2}, y);
      SessionState kept = session.snapshot();
      int first = batch.add();
      int second = batch.add(kept);
      assertThat(batch.snapshot(second)).isEqualTo(kept);
      batch.step(new int[] {second, first}, 1, new float[] {3, 4}, answers);
      session.step(new float[] {3, 4}, y);
      assertThat(Arrays.copyOf(answers, 3)).containsExactly(y, within(TOLERANCE));
      SessionState moved = batch.snapshot(second);
      batch.restore(first, moved);
      assertThat(batch.snapshot(first)).isEqualTo(moved);
      session.restore(moved);
      session.step(new float[] {5, 6}, y);
      batch.step(new int[] {first}, 1, new float[] {5, 6}, answers);
      assertThat(Arrays.copyOf(answers, 3)).containsExactly(y, within(TOLERANCE));
      assertThat(batch.snapshot(second)).as("who did not step").isEqualTo(moved);
    }
  }

  @Test
  void aRemovedClientsNumberIsNobodys() {
    try (Network network = features();
        SessionBatch batch = network.sessions(2)) {
      int first = batch.add();
      batch.add();
      batch.remove(first);
      int third = batch.add();
      assertThat(third).isNotEqualTo(first);
      assertThat(batch.clients()).isEqualTo(2);
      assertThatThrownBy(() -> batch.snapshot(first))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("client " + first + ", which does not exist")
          .hasMessageContaining("one of the 2 clients")
          .hasMessageContaining("Use the number returned by add()");
      assertThatThrownBy(() -> batch.remove(-1)).hasMessageContaining("client -1");
      assertThatThrownBy(() -> batch.reset(first)).hasMessageContaining("does not exist");
      assertThatThrownBy(batch::add)
          .hasMessageContaining("the capacity of 2")
          .hasMessageContaining("Remove a client");
    }
  }

  @Test
  void whatIsWrongIsRefusedBeforeAnythingMoves() {
    try (Network network = features();
        SessionBatch batch = network.sessions(3)) {
      int first = batch.add();
      int second = batch.add();
      int[] both = {first, second};
      float[] y = new float[9];
      batch.step(both, 2, new float[] {1, 2, 3, 4}, y);
      SessionState before = batch.snapshot(second);
      refused(batch, new int[] {first, first}, 2, new float[4], y, "client 0 twice", "once");
      refused(batch, new int[] {second, 2}, 2, new float[4], y, "client 2", "does not exist");
      refused(batch, both, 3, new float[6], y, "3 active clients", "0 to 2 clients");
      refused(batch, both, -1, new float[6], y, "-1 active clients", "0 to 2");
      refused(batch, both, 2, new float[3], y, "arrays of 3 inputs", "4 inputs and 6 outputs");
      refused(batch, both, 2, new float[4], new float[5], "and 5 outputs", "6 outputs");
      float[] missing = {1, 2, 3, Float.NaN};
      refused(batch, both, 2, missing, y, "NaN as feature 1 of client 1", "finite");
      assertThatThrownBy(() -> batch.step(both, 2, new int[2], y))
          .hasMessageContaining("Pass float[] input");
      assertThat(batch.snapshot(second)).isEqualTo(before);
      batch.step(both, 0, new float[0], new float[0]);
      assertThat(batch.snapshot(second)).isEqualTo(before);
      assertThatThrownBy(() -> network.sessions(0)).hasMessageContaining("0 rows");
    }
  }

  private static void refused(
      SessionBatch batch,
      int[] active,
      int count,
      float[] input,
      float[] answers,
      String got,
      String expected) {
    assertThatThrownBy(() -> batch.step(active, count, input, answers))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(got)
        .hasMessageContaining(expected);
  }

  @Test
  void wrongIndicesAndForeignStatesAreRefused() {
    try (Network network =
            Networks.manyToMany()
                .embedding(6, 3)
                .recurrent(Networks.gru(4))
                .classes(3)
                .build(backend);
        Network other = features();
        Session stranger = other.session();
        SessionBatch batch = network.sessions(2)) {
      int client = batch.add();
      int[] one = {client};
      assertThatThrownBy(() -> batch.step(one, 1, new int[] {6}, new float[3]))
          .hasMessageContaining("index 6 for client 0")
          .hasMessageContaining("[-1, 6)");
      assertThatThrownBy(() -> batch.step(one, 1, new float[] {6}, new float[3]))
          .hasMessageContaining("Pass int[] input");
      SessionState foreign = stranger.snapshot();
      assertThatThrownBy(() -> batch.restore(client, foreign))
          .hasMessageContaining("one of model " + network.fingerprint().substring(0, 8));
      assertThatThrownBy(() -> batch.add(foreign)).hasMessageContaining("one of model");
      assertThat(batch.clients()).isEqualTo(1);
    }
  }

  @Test
  void networksThatLookAheadAreRefusedAndLeaveNothingOpen() {
    try (Network network =
        Networks.manyToMany()
            .features(2)
            .bidirectional(Networks.lstm(2))
            .classes(2)
            .build(backend)) {
      assertThatThrownBy(() -> network.sessions(4)).hasMessageContaining("reads backwards");
      assertThat(backend.memory().openScopes()).noneMatch(scope -> scope.name().equals("sessions"));
    }
  }

  @Test
  void aStepTouchesNoTensorMemory() {
    try (Network network = features();
        SessionBatch batch = network.sessions(5)) {
      int[] active = {batch.add(), batch.add(), batch.add()};
      int[] others = {batch.add(), active[1]};
      float[] y = new float[15];
      long live = backend.memory().use().live();
      long peak = backend.memory().use().peak();
      for (int i = 0; i < 20; i++) {
        batch.step(i % 2 == 0 ? active : others, 2, new float[6], y);
      }
      assertThat(backend.memory().use().live()).isEqualTo(live);
      assertThat(backend.memory().use().peak()).isEqualTo(peak);
      batch.remove(active[0]);
      batch.add();
      assertThat(backend.memory().use().live()).isEqualTo(live);
    }
  }

  private static Network features() {
    return Networks.manyToMany()
        .features(2)
        .recurrent(Networks.lstm(5))
        .recurrent(Networks.gru(4))
        .classes(3)
        .initialWeights(InitialWeights.PYTORCH)
        .seed(4)
        .build(backend);
  }
}
