package org.recur4j.models.seq2seq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.model.TrainableRun;

/**
 * Training with teacher forcing (Williams, Zipser 1989): inputs begin, y_1 … y_n and targets y_1 …
 * y_n, end. The loss is the mean cross-entropy over all targets.
 */
final class TeacherForcing implements TrainableRun<SequencePair> {
  private final EncoderDecoder model;
  private final Mode mode;
  private final long seed;
  private final Scope scope;
  private final Workspaces passes;

  TeacherForcing(EncoderDecoder model, Mode mode, long seed) {
    this.model = model;
    this.mode = mode;
    this.seed = seed;
    this.scope = model.backend().scope("run of an encoder–decoder");
    this.passes = new Workspaces(scope.child("passes"));
  }

  @Override
  public BatchLoss forward(Ops ops, List<SequencePair> examples, long step) {
    passes.begin();
    EncoderDecoderArchitecture architecture = model.architecture();
    TokenBatch sources =
        TokenBatch.of(
            "source",
            examples.stream().map(SequencePair::source).toList(),
            architecture.sourceVocabulary());
    List<int[]> inputs = new ArrayList<>();
    for (SequencePair example : examples) {
      TokenBatch.check("target", example.target(), architecture.targetVocabulary());
      int[] input = new int[example.target().length + 1];
      input[0] = architecture.boundary();
      System.arraycopy(example.target(), 0, input, 1, example.target().length);
      inputs.add(input);
    }
    TokenBatch targets = TokenBatch.of("target", inputs, architecture.classes());
    LayerContext reading = run(ops, sources.lengths(), step);
    RecurrentStack.Run encoded = model.encoder().run(reading, sources.upload(ops));
    EncodedSource memory = model.decoder().encode(ops, encoded.values(), sources.lengths());
    List<State> initial = model.bridge().initialStates(reading, encoded.last());
    Tensor logits =
        model
            .decoder()
            .run(run(ops, targets.lengths(), step), targets.upload(ops), memory, initial)
            .logits();
    return loss(ops, logits, labels(examples, targets.lengths()));
  }

  private LayerContext run(Ops ops, Lengths lengths, long step) {
    return TokenBatch.run(ops, lengths, new DropoutContext(mode, seed, step), passes);
  }

  /** Returns the target of each step, −1 past the end. */
  private int[] labels(List<SequencePair> examples, Lengths lengths) {
    int batch = examples.size();
    int[] labels = new int[lengths.steps() * batch];
    Arrays.fill(labels, -1);
    for (int row = 0; row < batch; row++) {
      int[] target = examples.get(row).target();
      for (int t = 0; t < target.length; t++) {
        labels[t * batch + row] = target[t];
      }
      labels[target.length * batch + row] = model.architecture().boundary();
    }
    return labels;
  }

  private BatchLoss loss(Ops ops, Tensor logits, int[] labels) {
    Tensor rows = ops.reshape(logits, labels.length, logits.extent(-1));
    Tensor wanted = ops.scope().create(DataType.INT32, Shape.of(labels.length));
    ops.backend().upload(labels, 0, wanted);
    int answers = (int) Arrays.stream(labels).filter(label -> label >= 0).count();
    double smoothing = mode.keepsForBackward() ? model.labelSmoothing() : 0;
    Tensor losses = ops.softmaxCrossEntropy(rows, wanted, null, smoothing);
    return new BatchLoss(ops.affine(1.0 / answers, ops.sum(losses), 0), answers, rows, labels);
  }

  @Override
  public void close() {
    passes.close();
    scope.close();
  }
}
