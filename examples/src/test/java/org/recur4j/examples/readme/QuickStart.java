package org.recur4j.examples.readme;

import static org.recur4j.models.network.Networks.gru;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;

/** The README's first program; a test holds the two texts together and runs it. */
final class QuickStart {
  private QuickStart() {}

  /** Whether 1274 has a 7 among its digits: the probabilities of no and yes. */
  static float[] run(Path file) {
    // README: begin
    List<Example> examples =
        IntStream.range(0, 4000)
            .filter(n -> n != 1274)
            .mapToObj(
                n ->
                    Example.classified(
                        String.valueOf(n).chars().map(c -> c - '0').toArray(),
                        String.valueOf(n).contains("7") ? 1 : 0))
            .toList();
    try (Backend backend = Backends.open();
        Network network =
            Networks.manyToOne()
                .embedding(10, 8)
                .recurrent(gru(32))
                .classes(2)
                .seed(1)
                .build(backend)) {
      Trainer.of(network).optimizer(Optimizer.adam(1e-2)).epochs(5).seed(1).train(examples);
      network.save(file);
      return network.predict(List.of(Example.unlabeled(1, 2, 7, 4))).values(0);
    }
    // README: end
  }
}
