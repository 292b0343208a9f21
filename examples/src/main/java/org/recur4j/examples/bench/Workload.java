package org.recur4j.examples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;

/**
 * What is timed. Every network is float32; every sequence of a batch has the full length. Floating
 * point operations are counted as the products' multiplications and additions, two for each weight
 * and row; what the pointwise parts cost is not counted.
 */
public enum Workload {
  /** Many-to-one LSTM. */
  W1(Task.TRAINING, CellKind.LSTM, 64, 128, 50, 32, Head.last(10)),
  /** Character model: an embedding of 96 characters, two LSTM layers, the next character. */
  W2(Task.TRAINING, CellKind.LSTM, 64, 512, 64, 32, Head.everyStep(96), new Stack(2, 96, 1)),
  /** Elman's network with an answer at every step. */
  W3(Task.TRAINING, CellKind.VANILLA, 64, 256, 100, 32, Head.everyStep(32)),
  /** Bidirectional GRU with an answer at every step. */
  W4(Task.TRAINING, CellKind.GRU, 100, 200, 40, 16, Head.everyStep(20), Stack.bidirectional()),
  /** The same with LSTM, because some peers have no GRU. */
  W4L(Task.TRAINING, CellKind.LSTM, 100, 200, 40, 16, Head.everyStep(20), Stack.bidirectional()),
  /** A network so small that only overhead is left. */
  W7(Task.TRAINING, CellKind.VANILLA, 8, 32, 20, 8, Head.last(4)),
  /** One step a call: {@code float[]} in, {@code float[]} out, the state carried. */
  W5(Task.STREAMING, CellKind.LSTM, 64, 256, 1, 1, Head.none()),
  /** One long sequence. */
  W6a(Task.SEQUENCE, CellKind.LSTM, 64, 256, 100, 1, Head.none()),
  /** Many long sequences. */
  W6b(Task.SEQUENCE, CellKind.LSTM, 64, 256, 100, 64, Head.none()),
  /** The recurrent layer of {@link #W3}, forward only. */
  W3F(Task.SEQUENCE, CellKind.VANILLA, 64, 256, 100, 32, Head.none()),
  /** The recurrent layer of {@link #W4}, forward only. */
  W4F(Task.SEQUENCE, CellKind.GRU, 100, 200, 40, 16, Head.none(), Stack.bidirectional());

  /** What one timed step does. */
  public enum Task {
    /** Forward, softmax cross-entropy, backward, Adam on all parameters. */
    TRAINING,
    /** One time step of a session. */
    STREAMING,
    /** A recurrent layer over a whole batch, forward only. */
    SEQUENCE
  }

  /** The answers: how many classes, and whether every step has one. */
  private record Head(int classes, boolean everyStep) {
    static Head none() {
      return new Head(0, false);
    }

    static Head last(int classes) {
      return new Head(classes, false);
    }

    static Head everyStep(int classes) {
      return new Head(classes, true);
    }
  }

  /** How recurrent layers are put together; a vocabulary of 0 means vectors as inputs. */
  private record Stack(int layers, int vocabulary, int directions) {
    static Stack single() {
      return new Stack(1, 0, 1);
    }

    static Stack bidirectional() {
      return new Stack(1, 0, 2);
    }
  }

  private final Task task;
  private final CellKind cell;
  private final int inputSize;
  private final int hiddenSize;
  private final int steps;
  private final int batch;
  private final int classes;
  private final boolean answersEveryStep;
  private final int layers;
  private final int vocabulary;
  private final int directions;

  Workload(
      Task task,
      CellKind cell,
      int inputSize,
      int hiddenSize,
      int steps,
      int batch,
      Head head,
      Stack stack) {
    this.task = task;
    this.cell = cell;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.steps = steps;
    this.batch = batch;
    this.classes = head.classes();
    this.answersEveryStep = head.everyStep();
    this.layers = stack.layers();
    this.vocabulary = stack.vocabulary();
    this.directions = stack.directions();
  }

  Workload(Task task, CellKind cell, int inputSize, int hiddenSize, int steps, int batch, Head h) {
    this(task, cell, inputSize, hiddenSize, steps, batch, h, Stack.single());
  }

  /**
   * Finds workloads by name.
   *
   * @param names e.g. {@code W1}; case does not matter
   * @return in the order of the names
   */
  public static List<Workload> named(List<String> names) {
    return names.stream().map(Workload::named).toList();
  }

  private static Workload named(String name) {
    return Arrays.stream(values())
        .filter(workload -> workload.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "bench",
                    "a workload '" + name + "'",
                    Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", ")),
                    "Correct --workload"));
  }

  /**
   * What one timed step does.
   *
   * @return the task
   */
  public Task task() {
    return task;
  }

  CellKind cell() {
    return cell;
  }

  int inputSize() {
    return inputSize;
  }

  int hiddenSize() {
    return hiddenSize;
  }

  int layers() {
    return layers;
  }

  /** 0 where inputs are vectors. */
  int vocabulary() {
    return vocabulary;
  }

  boolean isBidirectional() {
    return directions == 2;
  }

  int steps() {
    return steps;
  }

  int batch() {
    return batch;
  }

  int classes() {
    return classes;
  }

  boolean answersEveryStep() {
    return answersEveryStep;
  }

  /** The first recurrent layer as a plan sees it. */
  RecurrentSpec firstLayer(Precision precision) {
    RecurrentSpec.Builder builder =
        switch (cell) {
          case VANILLA -> RecurrentSpec.vanilla(inputSize, hiddenSize);
          case LSTM -> RecurrentSpec.lstm(inputSize, hiddenSize);
          case GRU -> RecurrentSpec.gru(inputSize, hiddenSize);
        };
    return builder
        .direction(isBidirectional() ? Direction.BIDIRECTIONAL : Direction.FORWARD)
        .precision(precision)
        .build();
  }

  /**
   * Operations of a forward pass.
   *
   * @return 2 · T · B · weights, for every layer and the head
   */
  public long forwardFlops() {
    long weights = 0;
    int features = inputSize;
    for (int layer = 0; layer < layers; layer++) {
      weights += layerWeights(features);
      features = directions * hiddenSize;
    }
    long answers = (long) batch * (answersEveryStep ? steps : 1);
    return 2L * steps * batch * weights + 2 * answers * features * classes;
  }

  /**
   * Operations of a step as it is timed. Training has three products for each of forward's: values,
   * gradients of inputs, gradients of weights; nobody needs the gradient of what comes from
   * outside, but that of an embedding is needed.
   *
   * @return operations
   */
  public long flops() {
    if (task != Task.TRAINING) {
      return forwardFlops();
    }
    long inputGradient = 2L * steps * batch * directions * gates() * hiddenSize * inputSize;
    return 3 * forwardFlops() - (vocabulary > 0 ? 0 : inputGradient);
  }

  /**
   * Memory that the recurrent weights take: what a step over one row has to read.
   *
   * @param precision how they are kept
   * @return bytes
   */
  public long weightBytes(Precision precision) {
    int width =
        switch (precision) {
          case FULL, TF32 -> 4;
          case BF16 -> 2;
          case INT8 -> 1;
        };
    return width * layerWeights(inputSize);
  }

  private long layerWeights(int features) {
    return (long) directions * gates() * hiddenSize * (features + hiddenSize);
  }

  private int gates() {
    return cell.gates();
  }
}
