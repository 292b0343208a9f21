package org.recur4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.kernel.CellSteps.LstmGates;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.reference.NaiveGradients;
import org.recur4j.api.reference.NaiveInput;
import org.recur4j.api.reference.NaiveRecurrence;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.conformance.toy.ToyProvider;

/** The kit itself: a backend that is wrong on purpose is found, and the message teaches. */
class ConformanceKitTest {
  private final Backend toy = new ToyProvider().open(BackendOptions.defaults());

  @AfterEach
  void close() {
    toy.close();
  }

  @Test
  void findsSwappedGatesAndSaysWhere() {
    RecurrentCase lstm = theCase(RecurrentCase.Variant.LSTM);
    Check right = only(toy, lstm);
    Check wrong = only(broken(), lstm);
    assertThat(right.name()).isEqualTo(wrong.name());
    assertThatNoProblem(right);
    assertThatThrownBy(wrong::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "(?s)LSTM FORWARD T=2 B=3 I=5 H=8 lengths=FULL .*: portable, TRACING, y\\[\\d, \\d,"
                + " \\d\\]: got -?\\d.*, want -?\\d.*, error .*, tolerance .*; \\d+ of 48 elements"
                + " differ.*");
    assertThatNoProblem(only(broken(), theCase(RecurrentCase.Variant.GRU_RESET_AFTER)));
  }

  @Test
  void findsSwappedGatesInTheStepItself() {
    List<Check> checks =
        KernelChecks.all(broken()).filter(check -> check.name().startsWith("lstmStep")).toList();
    assertThat(checks).hasSize(4);
    for (Check check : checks) {
      assertThatThrownBy(check::run)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith(check.name() + ": c[")
          .hasMessageContaining(" got ")
          .hasMessageContaining(" want ");
    }
  }

  /** Calls through a proxy pass their arguments in an array. */
  @Test
  void findsWhatAStepLeavesOnTheHeap() {
    List<Check> checks = new HeapChecks(broken()).all().toList();
    assertThat(checks).isNotEmpty();
    assertThatThrownBy(checks.get(0)::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "no Java heap for a repeated step: portable .*: 100 repetitions of forward and backward"
                + " left \\d+ bytes on the Java heap, want 0; forward in INFERENCE \\d+.*");
  }

  /** What is said of races and of the heap in the backend page holds for every kernel. */
  @Test
  void callsEveryKernelFromThreadsAndMeasuresItsHeap() {
    Set<String> called = new TreeSet<>();
    Kernels noting =
        (Kernels)
            Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (proxy, method, arguments) -> {
                  called.add(method.getName());
                  return method.invoke(toy.kernels(), arguments);
                });
    try (Bench bench = new Bench(toy, "every kernel")) {
      KernelCalls.all()
          .values()
          .forEach(
              call ->
                  call.on(noting, new KernelOperands(bench, KernelOperands.Size.SMALL, 0)).run());
    }
    assertThat(called)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Kernels.class.getMethods())
                .map(Method::getName)
                .collect(Collectors.toSet()));
  }

  @Test
  void comparesPublishedGradientsOfCellsWithoutBiases() {
    VectorCase right = withoutBiases(0);
    assertThatCode(() -> new VectorGradients(toy, DataType.FLOAT64).run(right))
        .doesNotThrowAnyException();
    VectorCase wrong = withoutBiases(1e-3);
    assertThatThrownBy(() -> new VectorGradients(toy, DataType.FLOAT64).run(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("FORBID, TRAINING, layer 0 d W element 1: got ");
  }

  /** A bundled vanilla case without its biases, and what the reference makes of it, off by some. */
  private static VectorCase withoutBiases(double error) {
    Map<String, Object> fields =
        VectorCase.object(
            Json.parse(VectorChecks.resource("gradients/torch_rnn_tanh_fwd_1layer_T4.json")));
    VectorCase c = new VectorCase(fields);
    Map<String, Object> layer = VectorCase.object(((List<?>) fields.get("layers")).get(0));
    layer.remove("B");
    VectorCase.Values x = c.values("X");
    VectorCase.Values initial = c.layer(0).values("initial_h");
    List<NaiveWeights> weights = c.layer(0).weights("rnn");
    NaiveRecurrence reference = new NaiveRecurrence(c.layer(0).spec(DataType.FLOAT64), weights);
    NaiveInput in =
        new NaiveInput(x.extent(0), x.extent(1), x.data(), null, initial.data(), null, null);
    VectorCase given = c.inner("output_gradient");
    NaiveGradients gradients =
        reference.backward(
            in, given.output("Y", 0).data(), given.entry("layers", 0).values("Y_h").data(), null);
    put(fields, "expected", "Y", reference.forward(in).y());
    put(fields, "expected_gradient", "X", gradients.x());
    Map<String, Object> want = VectorCase.object(fields.get("expected_gradient"));
    Map<String, Object> wantLayer = VectorCase.object(((List<?>) want.get("layers")).get(0));
    wantLayer.remove("B");
    double[] inputSum = gradients.weights().get(0).weightIh();
    inputSum[1] += error;
    data(wantLayer, "W", inputSum);
    data(wantLayer, "R", gradients.weights().get(0).weightHh());
    data(wantLayer, "initial_h", gradients.initialHidden());
    return c;
  }

  private static void put(Map<String, Object> fields, String group, String name, double... values) {
    data(VectorCase.object(fields.get(group)), name, values);
  }

  private static void data(Map<String, Object> tensors, String name, double... values) {
    VectorCase.object(tensors.get(name)).put("data", Arrays.stream(values).boxed().toList());
  }

  private static void assertThatNoProblem(Check check) {
    assertThatCode(check::run).doesNotThrowAnyException();
  }

  private static Check only(Backend backend, RecurrentCase c) {
    return new RecurrentChecks(backend, List.of()).of(Stream.of(c)).findFirst().orElseThrow();
  }

  private static RecurrentCase theCase(RecurrentCase.Variant variant) {
    return new RecurrentCase(
        variant,
        Direction.FORWARD,
        2,
        3,
        5,
        8,
        RecurrentCase.Raggedness.FULL,
        true,
        Biases.SINGLE,
        false,
        DataType.FLOAT32);
  }

  /** The toy, but its LSTM step takes the input gate for the forget gate and the reverse. */
  private Backend broken() {
    Kernels swapped =
        (Kernels)
            Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("lstmStep")) {
                    LstmGates g = (LstmGates) arguments[1];
                    arguments[1] =
                        new LstmGates(
                            /* input= */ g.forget(),
                            /* forget= */ g.input(),
                            g.candidate(),
                            g.output());
                  }
                  return method.invoke(toy.kernels(), arguments);
                });
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "kernels" -> swapped;
                  case "recurrence" -> new PortableRecurrence(swapped, toy);
                  default -> method.invoke(toy, arguments);
                });
  }
}
