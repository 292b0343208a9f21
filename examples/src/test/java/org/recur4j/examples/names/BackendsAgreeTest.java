package org.recur4j.examples.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.backend.Candidate;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.LabeledText;
import org.recur4j.models.data.Vocabulary;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;

/** One model, two backends: the same answers, and the same learning from the same seed. */
class BackendsAgreeTest {
  private static final List<String> BACKENDS = List.of("ejml", "nd4j");
  private static final double PROBABILITY_BOUND = 1e-4;
  private static final double LOSS_BOUND_PERCENT = 0.1;
  private static final int LOSSES = 20;
  private static final NamesSettings SETTINGS = new NamesSettings(16, 32, 2, 0.2, 1, 64, 0.004, 3);

  @BeforeAll
  static void needsBoth() {
    for (Candidate candidate : Backends.report().candidates()) {
      if (BACKENDS.contains(candidate.name()) && !candidate.isAvailable()) {
        System.out.println("skipped: " + candidate);
        Assumptions.abort(candidate.toString());
      }
    }
  }

  @Tag("thorough")
  @Test
  void oneModelFileGivesTheSameClassForEveryTestName(@TempDir Path folder) {
    NameData data = NameData.load();
    Path file = folder.resolve("names.safetensors");
    try (Backend backend = Backends.open("ejml");
        NamesTask task = NamesTask.create(backend, data, SETTINGS)) {
      assertThat(task.measure(task.train(TaskProgress.none())).testAccuracy()).isGreaterThan(0.7);
      task.save(file);
    }
    List<String> names = data.test().stream().map(LabeledText::text).toList();
    List<double[]> wanted = answers("ejml", file, names);
    List<double[]> got = answers("nd4j", file, names);
    double worst = 0;
    for (int i = 0; i < names.size(); i++) {
      double[] ejml = wanted.get(i);
      double[] nd4j = got.get(i);
      assertThat(nd4j[0] > nd4j[1]).as(names.get(i)).isEqualTo(ejml[0] > ejml[1]);
      worst = Math.max(worst, Math.abs(nd4j[0] - ejml[0]));
      worst = Math.max(worst, Math.abs(nd4j[1] - ejml[1]));
    }
    System.out.println(names.size() + " names, largest difference of a probability " + worst);
    assertThat(names).hasSizeGreaterThan(500);
    assertThat(worst).isPositive().isLessThan(PROBABILITY_BOUND);
  }

  private static List<double[]> answers(String name, Path file, List<String> names) {
    try (Backend backend = Backends.open(name);
        NamesModel model = NamesModel.open(backend, file)) {
      return model.predict(names);
    }
  }

  @Test
  void trainingBeginsAlike() {
    List<Double> wanted = losses("ejml");
    List<Double> got = losses("nd4j");
    assertThat(wanted).hasSize(LOSSES);
    assertThat(wanted.get(LOSSES - 1)).isLessThan(wanted.get(0));
    for (int i = 0; i < LOSSES; i++) {
      assertThat(got.get(i))
          .as("loss %d", i + 1)
          .isCloseTo(wanted.get(i), withinPercentage(LOSS_BOUND_PERCENT));
    }
  }

  private static List<Double> losses(String name) {
    NameData data = NameData.load();
    Vocabulary vocabulary =
        Vocabulary.collect(data.training().stream().map(LabeledText::text).toList());
    // The lists stand one behind the other; every fourth name has all labels among them.
    List<Example> examples = new ArrayList<>();
    for (int i = 0; examples.size() < LOSSES * SETTINGS.batch(); i += 4) {
      LabeledText one = data.training().get(i);
      examples.add(Example.classified(vocabulary.encode(one.text()), one.label()));
    }
    List<Double> losses = new ArrayList<>();
    try (Backend backend = Backends.open(name);
        Network network =
            Networks.manyToOne()
                .seed(SETTINGS.seed())
                .embedding(vocabulary.size(), SETTINGS.embedding())
                .dropout(SETTINGS.dropout())
                .bidirectional(Networks.lstm(SETTINGS.hidden()))
                .bidirectional(Networks.lstm(SETTINGS.hidden()))
                .classes(data.labels().size())
                .build(backend)) {
      Trainer.of(network)
          .optimizer(Optimizer.adam(SETTINGS.learningRate()))
          .epochs(1)
          .batchSize(SETTINGS.batch())
          .seed(SETTINGS.seed())
          .listener(
              new TrainingListener() {
                @Override
                public void onBatch(BatchReport report) {
                  losses.add(report.loss());
                }
              })
          .train(examples);
    }
    return losses;
  }
}
