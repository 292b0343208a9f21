package org.recur4j.examples.flow;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Decompositions;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.data.Example;
import org.recur4j.models.diagnosis.GradientFlow;
import org.recur4j.models.diagnosis.Remedy;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.model.TrainableNetwork;
import org.recur4j.models.training.optimizer.Clipping;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;

/**
 * Trains a variant and watches it. Adam at a constant rate; gradients are clipped by the remedy
 * "clip" alone, so that nothing else hides an explosion.
 *
 * @param backend where it runs
 * @param decompositions who finds eigenvalues, if anybody does
 * @param subject network and examples
 * @param settings the same for all variants
 * @param stop asked before every batch
 */
public record FlowTrial(
    Backend backend,
    Optional<Decompositions> decompositions,
    FlowSubject subject,
    FlowSettings settings,
    BooleanSupplier stop) {
  /**
   * Trains one variant.
   *
   * @param variant cell and remedy
   * @return what was seen, also where training broke off because numbers were no longer finite
   */
  public FlowResult run(FlowVariant variant) {
    long began = System.nanoTime();
    List<Example> examples = variant.examples(subject);
    Course course = new Course(settings.steps(), stop);
    try (Network network = variant.build(backend, subject, settings);
        GradientFlow flow =
            GradientFlow.of(new TrainableNetwork(network, subject.loss()), probe(examples))) {
      decompositions.ifPresent(flow::decompositions);
      flow.every(settings.every()).truncated(variant.truncates() ? settings.chunk() : 0);
      flow.measure();
      String end = settings.steps() == 0 ? "" : train(network, variant, flow, course, examples);
      if (flow.latest().step() != course.count()) {
        flow.measure();
      }
      return new FlowResult(
          variant.name(),
          flow.snapshots(),
          course.losses.build().toArray(),
          course.norms.build().toArray(),
          end,
          (System.nanoTime() - began) * 1e-9);
    }
  }

  /**
   * Looks at a trained network once.
   *
   * @param name what to call it
   * @param network of the subject's kind
   * @return one snapshot, no course
   */
  public FlowResult look(String name, Network network) {
    long began = System.nanoTime();
    try (GradientFlow flow =
        GradientFlow.of(new TrainableNetwork(network, subject.loss()), probe(subject.examples()))) {
      decompositions.ifPresent(flow::decompositions);
      flow.measure();
      return new FlowResult(
          name,
          flow.snapshots(),
          new double[0],
          new double[0],
          "",
          (System.nanoTime() - began) * 1e-9);
    }
  }

  private List<Example> probe(List<Example> examples) {
    return examples.subList(0, Math.min(settings.probe(), examples.size()));
  }

  private String train(
      Network network,
      FlowVariant variant,
      GradientFlow flow,
      Course course,
      List<Example> examples) {
    int batches = (examples.size() + settings.batch() - 1) / settings.batch();
    Trainer<Example> trainer =
        Trainer.of(network, subject.loss())
            .optimizer(Optimizer.adam(settings.learningRate()))
            .clipping(
                variant.remedies().contains(Remedy.CLIPPING)
                    ? Clipping.globalNorm(settings.clip())
                    : Clipping.none())
            .truncatedBackpropagation(variant.truncates() ? settings.chunk() : 0)
            .batchSize(settings.batch())
            .epochs((settings.steps() + batches - 1) / batches)
            .seed(settings.seed())
            .listener(course)
            .listener(flow);
    try {
      trainer.train(examples);
      return course.count() < settings.steps() ? "interrupted" : "";
    } catch (RecurException e) {
      // Numbers that are no longer finite are what some come here to see.
      if (course.isFinite()) {
        throw e;
      }
      return "broke off: the loss or a gradient was no longer finite";
    }
  }

  /** Notes every batch and ends training after so many. */
  private static final class Course implements TrainingListener {
    private final int most;
    private final BooleanSupplier stop;
    private final DoubleStream.Builder losses = DoubleStream.builder();
    private final DoubleStream.Builder norms = DoubleStream.builder();
    private int count;
    private boolean finite = true;

    Course(int most, BooleanSupplier stop) {
      this.most = most;
      this.stop = stop;
    }

    int count() {
      return count;
    }

    boolean isFinite() {
      return finite;
    }

    @Override
    public void onBatch(BatchReport report) {
      count++;
      finite = report.applied();
      losses.add(report.loss());
      norms.add(report.gradientNorm());
    }

    @Override
    public boolean stopRequested() {
      return count >= most || stop.getAsBoolean();
    }
  }
}
