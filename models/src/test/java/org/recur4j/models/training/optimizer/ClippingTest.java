package org.recur4j.models.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;

/** What a step of plain gradient descent at rate 1 takes away is the clipped gradient. */
class ClippingTest {
  private static final double EXACT = 1e-12;

  /** A backend that writes down how many numbers leave the device, each time. */
  private static Backend watched(List<Integer> downloads) {
    Backend inner = new ToyProvider().open(BackendOptions.defaults());
    return (Backend)
        Proxy.newProxyInstance(
            ClippingTest.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("download")) {
                downloads.add(((Tensor) arguments[0]).size());
              }
              return method.invoke(inner, arguments);
            });
  }

  private record Moved(List<double[]> gradients, double norm, List<Integer> downloads) {}

  private static Moved moved(Clipping clipping) {
    List<Integer> downloads = new ArrayList<>();
    try (Backend backend = watched(downloads);
        Network network =
            Networks.oneToOne()
                .features(2)
                .dense(3, Activation.TANH)
                .values(1)
                .seed(4)
                .dataType(DataType.FLOAT64)
                .build(backend)) {
      List<double[]> before = values(backend, network);
      downloads.clear();
      List<BatchReport> reports = new ArrayList<>();
      Trainer.of(network)
          .optimizer(Optimizer.sgd(1, 0))
          .clipping(clipping)
          .epochs(1)
          .listener(
              new TrainingListener() {
                @Override
                public void onBatch(BatchReport report) {
                  reports.add(report);
                }
              })
          .train(List.of(Example.valued(new float[][] {{1, -3}}, new float[] {5})));
      List<Integer> ofTheStep = List.copyOf(downloads);
      List<double[]> after = values(backend, network);
      for (int p = 0; p < before.size(); p++) {
        for (int i = 0; i < before.get(p).length; i++) {
          before.get(p)[i] -= after.get(p)[i];
        }
      }
      return new Moved(before, reports.get(0).gradientNorm(), ofTheStep);
    }
  }

  private static List<double[]> values(Backend backend, Network network) {
    List<double[]> values = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      double[] value = new double[parameter.value().size()];
      backend.download(parameter.value(), value, 0);
      values.add(value);
    }
    return values;
  }

  private static double norm(double[] vector) {
    double sum = 0;
    for (double x : vector) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  private static double norm(List<double[]> vectors) {
    return norm(vectors.stream().mapToDouble(ClippingTest::norm).toArray());
  }

  @Test
  void byValueHoldsEveryElement() {
    List<double[]> free = moved(Clipping.none()).gradients();
    Moved clipped = moved(Clipping.value(0.5));
    boolean some = false;
    for (int p = 0; p < free.size(); p++) {
      double[] wanted = new double[free.get(p).length];
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = Math.max(-0.5, Math.min(0.5, free.get(p)[i]));
        some |= Math.abs(free.get(p)[i]) < 0.5;
      }
      assertThat(clipped.gradients().get(p)).containsExactly(wanted, within(EXACT));
    }
    assertThat(some).as("a gradient that was small enough").isTrue();
  }

  @Test
  void byParameterNormScalesEachThatIsTooLong() {
    List<double[]> free = moved(Clipping.none()).gradients();
    double limit = norm(free.get(1)) * 1.01;
    List<double[]> clipped = moved(Clipping.parameterNorm(limit)).gradients();
    assertThat(free).anyMatch(g -> norm(g) > limit).anyMatch(g -> norm(g) <= limit);
    for (int p = 0; p < free.size(); p++) {
      double scale = Math.min(1, limit / norm(free.get(p)));
      double[] wanted = free.get(p).clone();
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] *= scale;
      }
      assertThat(clipped.get(p)).containsExactly(wanted, within(EXACT));
    }
  }

  @Test
  void byGlobalNormKeepsTheDirection() {
    Moved free = moved(Clipping.none());
    Moved clipped = moved(Clipping.globalNorm(0.7));
    assertThat(norm(free.gradients())).isGreaterThan(1);
    assertThat(norm(clipped.gradients())).isCloseTo(0.7, within(EXACT));
    double ratio = 0.7 / norm(free.gradients());
    for (int p = 0; p < free.gradients().size(); p++) {
      double[] wanted = free.gradients().get(p).clone();
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] *= ratio;
      }
      assertThat(clipped.gradients().get(p)).containsExactly(wanted, within(EXACT));
    }
  }

  @Test
  void whatIsShortEnoughStaysAsItIs() {
    List<double[]> free = moved(Clipping.none()).gradients();
    for (Clipping clipping :
        List.of(Clipping.value(1e6), Clipping.parameterNorm(1e6), Clipping.globalNorm(1e6))) {
      assertThat(moved(clipping).gradients().toArray(double[][]::new))
          .as(clipping.toString())
          .isDeepEqualTo(free.toArray(double[][]::new));
    }
  }

  /** Loss and squared norm: two numbers, once, whatever is clipped. */
  @Test
  void aStepDownloadsOnceAndReportsTheNormBeforeClipping() {
    double norm = norm(moved(Clipping.none()).gradients());
    for (Clipping clipping :
        List.of(
            Clipping.none(),
            Clipping.value(0.5),
            Clipping.parameterNorm(0.5),
            Clipping.globalNorm(0.5))) {
      Moved moved = moved(clipping);
      assertThat(moved.downloads()).as(clipping.toString()).containsExactly(2);
      assertThat(moved.norm()).isCloseTo(norm, within(EXACT));
    }
  }

  @Test
  void refusesWhatWouldHoldEverythingOrNothing() {
    assertThatThrownBy(() -> Clipping.value(0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("got limit 0.0; expected above 0");
    assertThatThrownBy(() -> Clipping.parameterNorm(-1)).hasMessageContaining("maximum norm -1.0");
    assertThatThrownBy(() -> Clipping.globalNorm(Double.NaN)).hasMessageContaining("NaN");
  }
}
