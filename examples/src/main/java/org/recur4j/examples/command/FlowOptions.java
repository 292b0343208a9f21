package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.flow.FlowSettings;
import org.recur4j.examples.flow.FlowStart;
import org.recur4j.examples.flow.FlowVariant;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.diagnosis.Remedy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is trained and watched, and how. */
final class FlowOptions {
  private static final String LENGTH = "length";
  private static final int STANDARD_LENGTH = 200;
  private static final int QUICK_LENGTH = 40;
  private static final int STANDARD_STEPS = 300;
  private static final int QUICK_STEPS = 20;
  private static final int LOOKS = 15;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      split = ",",
      defaultValue = "vanilla,lstm,gru",
      description = "The cells to compare: vanilla, lstm, gru; ${DEFAULT-VALUE} without it.")
  private List<CellChoice> cells;

  @Option(
      names = "--remedy",
      paramLabel = "REMEDY",
      split = ",",
      converter = RemedyWords.class,
      description =
          "Try each of these on the first cell: orthogonal, identity, clip, gru, tbptt, layer-norm;"
              + " those joined by + are tried together, as in identity+clip.")
  private List<Remedies> remedies = List.of();

  @Option(
      names = "--spectral-radius",
      paramLabel = "R",
      description = "Begin with orthogonal recurrent weights times R, whose spectral radius is R.")
  private Double spectralRadius;

  @Option(
      names = "--start",
      paramLabel = "START",
      description =
          "What vanilla cells begin with: uniform within 1/sqrt(H), as PyTorch's, or orthogonal, as"
              + " all cells of this library do; uniform without it.")
  private FlowStart start = FlowStart.UNIFORM;

  @Option(
      names = "--length",
      paramLabel = "STEPS",
      description = "Steps of a sequence, of tasks that let one choose; 200 without it.")
  private Integer length;

  @Option(names = "--steps", paramLabel = "N", description = "Batches to learn from.")
  private Integer steps;

  @Option(names = "--every", paramLabel = "N", description = "Batches between two looks.")
  private Integer every;

  @Option(
      names = "--probe",
      paramLabel = "N",
      defaultValue = "8",
      description = "Sequences that are looked at; ${DEFAULT-VALUE} without it.")
  private int probe;

  @Option(names = "--hidden", paramLabel = "N", description = "Size of the state.")
  private Integer hidden;

  @Option(names = "--batch", paramLabel = "N", description = "Examples in each step.")
  private Integer batch;

  @Option(names = "--learning-rate", paramLabel = "RATE", description = "Of Adam, constant.")
  private Double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of weights, data and order; ${DEFAULT-VALUE} without it.")
  private long seed;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      defaultValue = "1",
      description = "To what norm the remedy clip cuts gradients; ${DEFAULT-VALUE} without it.")
  private double clip;

  @Option(
      names = "--chunk",
      paramLabel = "STEPS",
      defaultValue = "25",
      description = "How far back the remedy tbptt goes; ${DEFAULT-VALUE} without it.")
  private int chunk;

  @Option(names = "--quick", description = "A small network, short sequences: seconds.")
  private boolean quick;

  /** The cells as they are, then the first one with each remedy. */
  List<FlowVariant> variants() {
    List<FlowVariant> variants = new ArrayList<>();
    cells.forEach(cell -> variants.add(new FlowVariant(cell, List.of())));
    remedies.forEach(each -> variants.add(new FlowVariant(cells.get(0), each.together())));
    List<FlowVariant> different = variants.stream().distinct().toList();
    if (different.size() < variants.size()) {
      throw new InvalidArgumentException(
          "gradient-flow", "a cell or a remedy twice", "each once", "Correct --cell and --remedy");
    }
    return variants;
  }

  boolean triesRemedies() {
    return !remedies.isEmpty();
  }

  /** How the task builds its network; of its epochs none is run. */
  TaskSettings taskSettings(Task task) {
    Variant variant = new Variant(cells.get(0), direction(task));
    TaskSettings settings = task.defaults(variant, quick).withSeed(seed);
    settings = hidden == null ? settings : settings.withHidden(hidden);
    settings = batch == null ? settings : settings.withBatch(batch);
    settings = learningRate == null ? settings : settings.withLearningRate(learningRate);
    Map<String, String> own = new LinkedHashMap<>();
    task.options().forEach(option -> own.put(option.name(), option.defaultValue()));
    if (own.containsKey(LENGTH)) {
      own.put(
          LENGTH,
          Integer.toString(length == null ? quick ? QUICK_LENGTH : STANDARD_LENGTH : length));
    } else if (length != null) {
      throw new InvalidArgumentException(
          "gradient-flow " + task.name(),
          "--length " + length,
          "a task whose length can be chosen",
          "Leave it out");
    }
    return own.isEmpty() ? settings : settings.withOptions(own);
  }

  private static Direction direction(Task task) {
    return task.variants().get(0).direction();
  }

  FlowSettings flowSettings(TaskSettings task) {
    int batches = steps == null ? quick ? QUICK_STEPS : STANDARD_STEPS : steps;
    return new FlowSettings(
        batches,
        every == null ? Math.max(1, batches / LOOKS) : every,
        probe,
        task.batch(),
        task.learningRate(),
        seed,
        start,
        spectralRadius == null ? OptionalDouble.empty() : OptionalDouble.of(spectralRadius),
        clip,
        chunk);
  }

  /** Whether a file in a folder of pictures is one of those that a page writes there. */
  static boolean isFigure(String name) {
    return name.matches("figure-[0-9]+\\.svg");
  }

  /** Where a picture goes: the drawing beside the pixels. */
  static Path drawing(Path png) {
    String name = png.getFileName().toString();
    return png.resolveSibling(name.substring(0, name.length() - ".png".length()) + ".svg");
  }

  /** Remedies that are tried together. */
  record Remedies(List<Remedy> together) {}

  /** The words of {@link Remedy}, joined by +. */
  static final class RemedyWords implements ITypeConverter<Remedies> {
    @Override
    public Remedies convert(String words) {
      return new Remedies(
          Arrays.stream(words.split("\\+", -1))
              .map(RemedyWords::remedy)
              .sorted()
              .distinct()
              .toList());
    }

    private static Remedy remedy(String word) {
      return Arrays.stream(Remedy.values())
          .filter(remedy -> remedy.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + word
                          + "' is none of "
                          + Arrays.stream(Remedy.values())
                              .map(Remedy::word)
                              .collect(Collectors.joining(", "))));
    }
  }
}
