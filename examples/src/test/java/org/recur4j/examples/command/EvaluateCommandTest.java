package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;

/** Models measured again at the public door, with the precision that was asked for or none. */
class EvaluateCommandTest {
  @TempDir private Path folder;

  @Test
  void measuresAtFullPrecisionWhatWasTrained() {
    String model = trained();
    JsonObject document =
        JsonParser.parseString(
                Run.of("evaluate", "digits", "--backend", "ejml", "--model", model, "--json")
                    .succeeds()
                    .out())
            .getAsJsonObject();
    assertThat(document.get("precision").getAsString()).isEqualTo("FULL");
    assertThat(document.get("largest_difference").getAsDouble()).isZero();
    assertThat(document.get("answers").getAsLong()).isGreaterThan(100);
    assertThat(document.get("accuracy").getAsDouble())
        .isBetween(0.0, 1.0)
        .isEqualTo(document.get("accuracy_full").getAsDouble());
  }

  @Test
  void comparesLowPrecisionOrSaysWhyNot() {
    String model = trained();
    Run evaluated =
        Run.of("evaluate", "digits", "--backend", "ejml", "--model", model, "--precision", "int8");
    Run predicted =
        Run.of(
            "predict", "digits", "--backend", "ejml", "--model", model, "--precision", "bf16", "5");
    if (hasKernels()) {
      assertThat(evaluated.succeeds().out())
          .contains("FULL", "INT8", "DIFFERENCE", "right answers", "largest absolute difference")
          .contains("packed recurrent weights, bytes", "times the memory");
      assertThat(predicted.succeeds().out()).contains("ANSWER");
    } else {
      assertThat(evaluated.err())
          .contains("at INT8 on backend ejml", "has no kernel", "backend here")
          .doesNotContain("internal error");
      assertThat(predicted.err()).contains("at BF16 on backend ejml", "has no kernel");
    }
  }

  private static boolean hasKernels() {
    try (Backend backend = Backends.open("ejml")) {
      return backend
          .recurrence()
          .assess(RecurrentSpec.lstm(8, 8).precision(Precision.INT8).build())
          .fused();
    }
  }

  private String trained() {
    String model = folder.resolve("digits.safetensors").toString();
    Run.of("train", "digits", "--quick", "--epochs", "1", "--backend", "ejml", "--out", model)
        .succeeds();
    return model;
  }
}
