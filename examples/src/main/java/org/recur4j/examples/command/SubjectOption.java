package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.comparison.FileSubject;
import org.recur4j.examples.comparison.NamesSubject;
import org.recur4j.examples.comparison.Subject;
import org.recur4j.examples.comparison.TaskSubject;
import org.recur4j.examples.names.NameData;
import org.recur4j.examples.names.NamesSettings;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.models.file.FileKind;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is trained on every backend: a task, or a network in a file. */
final class SubjectOption {
  private static final String NAMES = "names";
  private static final int FILE_BATCH = 32;

  @Parameters(
      arity = "0..1",
      paramLabel = "TASK|FILE",
      defaultValue = NAMES,
      description =
          "A task (names, or one of 'recur4j tasks'), or a model's file, which is trained on with"
              + " random examples and only read. Default: ${DEFAULT-VALUE}.")
  private String target;

  @Mixin private VariantOption variant;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of weights, dropout, order.")
  private long seed;

  @Option(names = "--epochs", description = "Passes over the training part; 3 of names.")
  private Integer epochs;

  @Option(names = "--hidden", description = "State size of each direction.")
  private Integer hidden;

  @Option(names = "--layers", description = "Recurrent layers.")
  private Integer layers;

  @Option(names = "--batch", description = "Examples in each training step.")
  private Integer batch;

  @Option(
      names = "--length",
      defaultValue = "20",
      description =
          "Steps of random examples, for a model's file and for tasks whose test part cannot be read"
              + " apart. Default: ${DEFAULT-VALUE}.")
  private int length;

  @Option(names = "--quick", description = "A task's small network and few examples.")
  private boolean quick;

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "A task's own option, see 'recur4j train TASK --help'; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  /** The file of the network, which is only read; null for a task. */
  Path file() {
    boolean task =
        target.equals(NAMES)
            || TaskCatalog.all().stream().anyMatch(each -> each.name().equals(target));
    return task ? null : Path.of(target);
  }

  /**
   * What was chosen.
   *
   * @param trainingSteps that a file's network is trained
   */
  Subject subject(int trainingSteps) {
    if (target.equals(NAMES)) {
      return new NamesSubject(NameData.load(), names());
    }
    for (Task task : TaskCatalog.all()) {
      if (task.name().equals(target)) {
        return new TaskSubject(task, settings(task), length);
      }
    }
    Path file = Path.of(target);
    FileKind kind = FileKind.of(file);
    if (kind == FileKind.MISSING || kind == FileKind.FOLDER) {
      throw new InvalidArgumentException(
          "compare",
          "'" + target + "'",
          "names, "
              + TaskCatalog.all().stream().map(Task::name).collect(Collectors.joining(", "))
              + ", or a file",
          "Choose one of these");
    }
    if (hidden != null || layers != null || epochs != null || quick) {
      throw new InvalidArgumentException(
          "compare " + target,
          "--hidden, --layers, --epochs or --quick for a file",
          "--batch and --length, because the file says what the network is",
          "Leave the others out");
    }
    int steps = trainingSteps > 0 ? trainingSteps : 600;
    return new FileSubject(file, length, batch == null ? FILE_BATCH : batch, steps, seed);
  }

  private NamesSettings names() {
    return new NamesSettings(
        quick ? 8 : 32,
        hidden != null ? hidden : quick ? 16 : 64,
        layers != null ? layers : quick ? 1 : 2,
        0.3,
        epochs == null ? 3 : epochs,
        batch == null ? 32 : batch,
        0.004,
        seed);
  }

  private TaskSettings settings(Task task) {
    TaskSettings settings = task.defaults(variant.of(task), quick).withSeed(seed);
    settings = epochs == null ? settings : settings.withEpochs(epochs);
    settings = hidden == null ? settings : settings.withHidden(hidden);
    settings = layers == null ? settings : settings.withLayers(layers);
    settings = batch == null ? settings : settings.withBatch(batch);
    Map<String, String> own = new LinkedHashMap<>();
    options.forEach((name, value) -> own.put(task.name() + "." + name, value));
    OwnOptions.check(own);
    return task.options().isEmpty() ? settings : settings.withOptions(OwnOptions.of(task, own));
  }
}
