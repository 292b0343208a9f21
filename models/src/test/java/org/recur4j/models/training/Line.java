package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableRun;

/** A model that is no network: y = a x + b, learned by squared error. Remembers what it was fed. */
public final class Line implements Trainable<Line.Point>, AutoCloseable {
  public final List<List<Point>> batches = new ArrayList<>();
  public final List<Integer> evaluated = new ArrayList<>();
  private final Backend backend;
  private final Scope scope;
  private final Parameter slope;
  private final Parameter height;
  public int openRuns;

  public Line(Backend backend) {
    this.backend = backend;
    this.scope = backend.scope("line");
    this.slope = zero("slope");
    this.height = zero("height");
  }

  /** The x of a point stands for its length, too. */
  public record Point(int x, float y) {}

  private Parameter zero(String name) {
    Tensor value = scope.create(DataType.FLOAT32, Shape.of(1, 1));
    backend.upload(new float[1], 0, value);
    return new Parameter(name, value);
  }

  public float slope() {
    return number(slope);
  }

  public float height() {
    return number(height);
  }

  private float number(Parameter parameter) {
    float[] one = new float[1];
    backend.download(parameter.value(), one, 0);
    return one[0];
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public DataType dataType() {
    return DataType.FLOAT32;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(slope, height);
  }

  @Override
  public void refresh() {
    // Nothing is packed.
  }

  @Override
  public int steps(Point point) {
    return point.x();
  }

  @Override
  public TrainableRun<Point> open(Mode mode, long seed) {
    openRuns++;
    return new Run(mode);
  }

  @Override
  public void close() {
    scope.close();
  }

  private final class Run implements TrainableRun<Point> {
    private final Mode mode;

    Run(Mode mode) {
      this.mode = mode;
    }

    @Override
    public BatchLoss forward(Ops ops, List<Point> points, long step) {
      if (mode == Mode.TRAINING) {
        batches.add(List.copyOf(points));
      } else {
        evaluated.add(points.size());
      }
      float[] xs = new float[points.size()];
      float[] ys = new float[points.size()];
      for (int i = 0; i < xs.length; i++) {
        xs[i] = points.get(i).x();
        ys[i] = points.get(i).y();
      }
      Tensor x = column(ops, xs);
      Tensor predicted = ops.add(ops.multiply(x, slope.value()), height.value());
      Tensor difference = ops.subtract(predicted, column(ops, ys));
      Tensor sum = ops.sum(ops.multiply(difference, difference));
      return BatchLoss.of(ops.affine(1.0 / xs.length, sum, 0), xs.length);
    }

    private Tensor column(Ops ops, float[] values) {
      Tensor column = ops.scope().create(DataType.FLOAT32, Shape.of(values.length, 1));
      backend.upload(values, 0, column);
      return column;
    }

    @Override
    public void close() {
      openRuns--;
    }
  }
}
