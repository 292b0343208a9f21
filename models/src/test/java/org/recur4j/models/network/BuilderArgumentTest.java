package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.lstm;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.seq2seq.EncoderDecoder;

/**
 * What a builder cannot use is refused by the call that brings it, with the four parts of a
 * message.
 */
class BuilderArgumentTest {
  private static ManyToOneBuilder builder() {
    return Networks.manyToOne().features(2);
  }

  @TestFactory
  Stream<DynamicTest> refusesAMissingArgument() {
    Map<String, ThrowingCallable> calls = new TreeMap<>();
    calls.put("dense: got null as the activation", () -> builder().dense(3, null));
    calls.put("recurrent: got null as the layer", () -> builder().recurrent(null));
    calls.put("bidirectional: got null as the layer", () -> builder().bidirectional(null));
    calls.put(
        "recurrent layer: got null as the merge", () -> builder().bidirectional(lstm(3), null));
    calls.put("pooling: got null as the pooling", () -> builder().pooling(null));
    calls.put("network: got null as the initial weights", () -> builder().initialWeights(null));
    calls.put("network: got null as the data type", () -> builder().dataType(null));
    calls.put(
        "build a network: got null as the backend",
        () -> builder().recurrent(lstm(3)).classes(2).build(null));
    calls.put("cell: got null as the factory", () -> builder().cell("mine", null));
    calls.put("cell: got null as the name", () -> builder().cell(null, (source, size) -> null));
    calls.put("recurrent layer: got null as the activation", () -> lstm(3).activation(null));
    calls.put("recurrent layer: got null as the biases", () -> lstm(3).biases(null));
    calls.put("recurrent layer: got null as the reset variant", () -> lstm(3).reset(null));
    calls.put("recurrent layer: got null as the options", () -> lstm(3).with(null));
    calls.put("recurrent layer: got null as the direction", () -> lstm(3).direction(null));
    calls.put(
        "recurrent layer: got null as the initialization", () -> lstm(3).initialization(null));
    calls.put(
        "recurrent initialization: got null as the rule",
        () -> new RecurrentInitialization(null, 1));
    calls.put(
        "encoder–decoder: got null as the attention",
        () -> EncoderDecoder.builder(4, 4).attention(null));
    return calls.entrySet().stream().map(call -> refusal(call.getKey(), call.getValue()));
  }

  private static DynamicTest refusal(String message, ThrowingCallable call) {
    return DynamicTest.dynamicTest(
        message,
        () ->
            assertThatThrownBy(call)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContainingAll("expected a value", "Pass the "));
  }

  @Test
  void refusesSizesThatNothingCanBeMadeOf() {
    assertThatThrownBy(() -> builder().classes(1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll("classes: got classes 1", "at least 2", "labels(1)");
    assertThatThrownBy(() -> builder().labels(0)).hasMessageContaining("labels: got labels 0");
    assertThatThrownBy(() -> builder().values(-1)).hasMessageContaining("values: got values -1");
    assertThatThrownBy(() -> Networks.manyToOne().features(0))
        .hasMessageContaining("features: got features 0; expected at least 1");
    assertThatThrownBy(() -> builder().dense(0, Activation.TANH))
        .hasMessageContaining("dense: got units 0");
    assertThatThrownBy(() -> lstm(0)).hasMessageContaining("hidden size 0");
  }
}
