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
 * The checkpoints of a training run. The file is complete at every moment, so that the process may
 * be killed at any time; the previous checkpoint is kept beside it.
 *
 * <p>Training fails if its first checkpoint cannot be written, so that a wrong folder is noticed
 * early. A later failure, such as a full disk, and a failure at the end of training, when the model
 * is about to be saved, are logged as warnings to {@code org.recur4j}, because losing the training
 * would be worse than losing the checkpoint.
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

  /**
   * The checkpoint options of a training run.
   *
   * @param file a safetensors file
   * @param interval the interval between two checkpoints
   * @param despite the names of the settings that may differ from those in the checkpoint
   */
  record Options(Path file, Interval interval, Set<String> despite) {}

  Checkpoints(
      Options options,
      TrainingFingerprint identity,
      Trainable<?> trainable,
      OptimizerState optimizer,
      BestWeights best) {
    this.file = options.file();
    this.interval = options.interval();
    this.identity = identity;
    this.despite = options.despite();
    this.trainable = trainable;
    this.optimizer = optimizer;
    this.best = best;
  }

  /**
   * Restores the state of training from the file, if it exists.
   *
   * @return the progress; empty if the file does not exist
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
      // Earlier versions stored unused zeros for gradient descent without momentum.
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
                ? " The previous checkpoint is "
                    + older
                    + "; rename it to "
                    + file.getFileName()
                    + " to resume from there."
                : " Remove it to start over."),
        reason);
  }

  /** Writes a checkpoint after a batch if the interval has elapsed. */
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

  /** Writes a checkpoint; logs a warning if this fails. */
  void write(TrainingProgress progress) {
    try {
      writeOrThrow(progress);
    } catch (RecurException e) {
      System.getLogger("org.recur4j")
          .log(
              System.Logger.Level.WARNING,
              "no checkpoint written in epoch "
                  + progress.epoch
                  + " after "
                  + progress.batch
                  + " batches; training continues: "
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
