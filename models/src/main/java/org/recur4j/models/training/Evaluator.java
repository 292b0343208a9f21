package org.recur4j.models.training;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.metric.EvaluationBatch;
import org.recur4j.models.metric.Metric;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableRun;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * Evaluates a model on examples, batch by batch, in its own workspaces.
 *
 * @param <E> the type of an example with its target
 */
final class Evaluator<E> implements AutoCloseable {
  private final Backend backend;
  private final TrainableRun<E> run;
  private final Scope scope;
  private final int batchSize;
  private final List<Metric> metrics;

  Evaluator(Trainable<E> trainable, TrainingPlan plan, Collection<Metric> metrics) {
    this.batchSize = plan.batching().evaluationSize();
    this.metrics = List.copyOf(metrics);
    this.backend = trainable.backend();
    this.run = trainable.open(Mode.INFERENCE, 0);
    this.scope = backend.scope("evaluation");
  }

  Evaluation evaluate(List<E> examples) {
    if (examples.isEmpty()) {
      throw new InvalidArgumentException(
          "evaluate", "no examples", "at least one", "Give at least one example");
    }
    double loss = 0;
    long right = 0;
    long answers = 0;
    double weight = 0;
    boolean classes = false;
    double[] mean = new double[1];
    List<Metric.Tally> tallies = metrics.stream().map(Metric::begin).toList();
    int from = 0;
    while (from < examples.size()) {
      int to = from + Math.min(batchSize, examples.size() - from);
      List<E> part = examples.subList(from, to);
      from = to;
      scope.reset();
      BatchLoss batch = run.forward(new EagerOps(backend, scope), part, 0);
      backend.download(batch.mean(), mean, 0);
      loss += mean[0] * batch.weight();
      answers += batch.answers();
      weight += batch.weight();
      classes = batch.target() != null && batch.target().labels() != null;
      right += classes ? right(batch) : 0;
      if (!tallies.isEmpty()) {
        EvaluationBatch predictions = predictions(batch);
        tallies.forEach(tally -> tally.add(predictions));
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < tallies.size(); i++) {
      values.put(metrics.get(i).name(), tallies.get(i).value());
    }
    double accuracy = classes && answers > 0 ? (double) right / answers : Double.NaN;
    return new Evaluation(weight > 0 ? loss / weight : Double.NaN, accuracy, answers, values);
  }

  private EvaluationBatch predictions(BatchLoss batch) {
    if (batch.output() == null) {
      throw new InvalidArgumentException(
          "evaluate",
          "metrics for a model that returns only its loss",
          "outputs and targets in its BatchLoss",
          "Remove the metrics, or return outputs and targets from the model's forward method");
    }
    double[] outputs = new double[batch.output().size()];
    backend.download(batch.output(), outputs, 0);
    return new EvaluationBatch(outputs, batch.output().extent(1), batch.target());
  }

  private long right(BatchLoss batch) {
    int[] labels = batch.target().labels();
    int rows = labels.length;
    Tensor largest = scope.create(DataType.INT32, Shape.of(rows));
    backend.kernels().argMax(batch.output(), largest);
    int[] predicted = new int[rows];
    backend.download(largest, predicted, 0);
    long right = 0;
    for (int i = 0; i < rows; i++) {
      right += predicted[i] == labels[i] ? 1 : 0;
    }
    return right;
  }

  @Override
  public void close() {
    run.close();
    scope.close();
  }
}
