package org.recur4j.examples.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.backend.Candidate;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;
import picocli.CommandLine.Option;

/** How the recurrent layers' weights are packed. */
final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "full",
      description =
          "How the recurrent layers' weights are packed: full, bf16 or int8, where the backend has"
              + " kernels; full without it.")
  private Precision precision;

  Precision precision() {
    return precision;
  }

  boolean isFull() {
    return precision == Precision.FULL;
  }

  /** Lowers a model; where that is refused, says which backends here could. */
  <M> M lower(Backend backend, Function<Precision, M> model) {
    try {
      return model.apply(precision);
    } catch (InvalidArgumentException e) {
      List<String> others = others(backend.info().name());
      throw new RecurException(
          e.getMessage()
              + (others.isEmpty()
                  ? " No other backend here has LSTM kernels of that precision."
                  : " Backends here that have LSTM kernels of that precision: "
                      + String.join(", ", others)
                      + "."),
          e);
    }
  }

  private List<String> others(String own) {
    RecurrentSpec spec = RecurrentSpec.lstm(8, 8).precision(precision).build();
    List<String> names = new ArrayList<>();
    for (Candidate candidate : Backends.report().candidates()) {
      if (candidate.isAvailable() && !candidate.name().equals(own) && runs(candidate, spec)) {
        names.add(candidate.name());
      }
    }
    return names;
  }

  private static boolean runs(Candidate candidate, RecurrentSpec spec) {
    BackendOptions one = BackendOptions.defaults().withThreads(1);
    try (Backend backend = Backends.open(candidate.name(), one)) {
      return backend.recurrence().assess(spec).fused();
    } catch (RecurException e) {
      // It probed well and does not open: then it does not have it either.
      return false;
    }
  }
}
