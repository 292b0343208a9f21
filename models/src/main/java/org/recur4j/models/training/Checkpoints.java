package org.recur4j.models.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.internal.assembly.ParameterFile;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.schedule.Interval;

/**
 * Writes where a training stands and reads it again. The file is whole at every moment, so that a
 * process may be killed at any time; the one before it is kept beside it.
 *
 * <p>A checkpoint that cannot be written ends a training only if there has been none, so that a
 * wrong folder is noticed soon. Later, as on a disk that has become full, and at the end, when the
 * model is about to be saved, it is logged as a warning to {@code org.recur4j}, and training goes
 * on: what was to guard it must not cost it.
 */
final class Checkpoints {
  private final Path file;
  private final Interval interval;
  private final TrainingFingerprint identity;
  private final Set<String> despite;
  private final Trainable<?> trainable;
  private final OptimizerState optimizer;
  private final BestWeights best;
  private long batches;
  private long written = System.nanoTime();
  private boolean everWritten;

  Checkpoints(
      Checkpointing where,
      TrainingFingerprint identity,
      Trainable<?> trainable,
      OptimizerState optimizer,
      BestWeights best) {
    this.file = where.file();
    this.interval = where.interval();
    this.identity = identity;
    this.despite = where.despite();
    this.trainable = trainable;
    this.optimizer = optimizer;
    this.best = best;
  }

  /**
   * Goes on from the file, if it is there.
   *
   * @return empty if there is none and training begins
   */
  Optional<TrainingProgress> resume() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    TrainingProgress progress;
    try (SafeTensorsFile read = SafeTensors.open(file)) {
      Map<String, String> text = read.header().metadata();
      identity.check(file, text, despite);
      progress = ProgressJson.read(file, text);
      List<Parameter> tensors = tensors(ProgressJson.hasBestWeights(text));
      // Plain gradient descent once stored zeros that it has no use for.
      boolean anything = optimizer.memory().isEmpty();
      ParameterFile.fill(
          file,
          read,
          trainable.backend(),
          tensors,
          name -> anything && name.startsWith(OptimizerState.PREFIX));
    } catch (ModelFileException e) {
      throw damaged(e);
    }
    everWritten = true;
    optimizer.resume(progress.updates);
    trainable.refresh();
    return Optional.of(progress);
  }

  private RecurException damaged(ModelFileException reason) {
    Path older = new CheckpointFile(file).previous();
    return new RecurException(
        "Cannot resume training: "
            + reason.getMessage()
            + (Files.exists(older)
                ? " The checkpoint before it is kept in "
                    + older
                    + ": rename it to "
                    + file.getFileName()
                    + " to go on from there."
                : " Remove it to begin anew."),
        reason);
  }

  /** Told after every batch. */
  void afterBatch(TrainingProgress progress) {
    batches++;
    if (batches >= interval.batches()
        && (System.nanoTime() - written) * 1e-9 >= interval.seconds()) {
      if (everWritten) {
        write(progress);
      } else {
        writeOrThrow(progress);
      }
    }
  }

  /** Writes, or warns: the training has ended, or may yet get to a checkpoint that succeeds. */
  void write(TrainingProgress progress) {
    try {
      writeOrThrow(progress);
    } catch (RecurException e) {
      System.getLogger("org.recur4j")
          .log(
              System.Logger.Level.WARNING,
              "no checkpoint of epoch "
                  + progress.epoch
                  + " after "
                  + progress.batch
                  + " batches, training goes on without: "
                  + e.getMessage());
      batches = 0;
      written = System.nanoTime();
    }
  }

  private void writeOrThrow(TrainingProgress progress) {
    progress.updates = optimizer.steps();
    Map<String, String> metadata = new TreeMap<>(ProgressJson.write(progress, best.areThere()));
    identity.write(metadata);
    new CheckpointFile(file).keepPrevious();
    SafeTensors.write(
        file,
        ParameterFile.stored(trainable.backend(), tensors(best.areThere())),
        metadata,
        Checksum.SHA256);
    everWritten = true;
    batches = 0;
    written = System.nanoTime();
  }

  private List<Parameter> tensors(boolean withBest) {
    List<Parameter> tensors = new ArrayList<>();
    for (Parameter parameter : trainable.parameters()) {
      tensors.add(new Parameter("weight." + parameter.name(), parameter.value()));
    }
    tensors.addAll(optimizer.memory());
    if (withBest) {
      tensors.addAll(best.memory());
    }
    return tensors;
  }
}
