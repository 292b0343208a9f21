package org.recur4j.examples.explain;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.file.AtomicFile;
import org.recur4j.models.network.Network;

/**
 * A network explained on one sequence: the loop, the loop unrolled, the inside of a cell, its
 * matrices drawn to size, and its equations with the numbers of one step.
 *
 * @param text everything as text; the equations are computed in double precision
 * @param pictures SVG by name: {@code rolled}, {@code unrolled}, {@code cell}, {@code matrices}
 */
public record Explanation(String text, Map<String, String> pictures) {
  /** Keeps the order of the pictures. */
  public Explanation {
    pictures = Collections.unmodifiableMap(new LinkedHashMap<>(pictures));
  }

  /**
   * Explains a network.
   *
   * @param network the network; its weights stay as they are
   * @param sequence exactly one, of the kind the network reads
   * @param focus which layer and step to look at closely
   * @return text and pictures
   * @throws InvalidArgumentException if there is not one sequence, or it or the network has no such
   *     step or layer, or the layer runs a cell without known equations
   */
  public static Explanation of(Network network, SequenceBatch sequence, Focus focus) {
    if (sequence.size() != 1 || sequence.lengths().get(0) == 0) {
      throw new InvalidArgumentException(
          "explain",
          sequence.size() + " sequences, the first of " + sequence.lengths().get(0) + " steps",
          "one sequence of at least one step",
          "Explain sequences one by one");
    }
    int steps = sequence.lengths().get(0);
    List<String> inputs =
        focus.inputs().isEmpty()
            ? IntStream.rangeClosed(1, steps).mapToObj(t -> "x" + t).toList()
            : focus.inputs();
    if (inputs.size() != steps || focus.step() >= steps) {
      throw new InvalidArgumentException(
          "explain",
          "step " + focus.step() + " and " + inputs.size() + " names of steps",
          "a step below " + steps + " and " + steps + " names",
          "Count steps from 0, and give each a name or none");
    }
    List<LayerBox> stages = LayerBox.of(network);
    Unrolling unrolling = Unrolling.of(network.architecture().topology(), stages, inputs);
    StepNumbers numbers = Numbering.of(network, sequence, focus);
    String text =
        section("The network", network.summary())
            + section("With its loops", RolledPicture.text(stages))
            + section("Unrolled over " + unrolling.steps(), UnrolledText.of(unrolling))
            + section(title(numbers, focus, inputs), Equations.text(numbers));
    Map<String, String> pictures = new LinkedHashMap<>();
    pictures.put("rolled", RolledPicture.svg(stages));
    pictures.put("unrolled", UnrolledPicture.svg(unrolling));
    pictures.put("cell", CellPicture.svg(numbers.spec()));
    pictures.put("matrices", MatrixPicture.svg(numbers));
    return new Explanation(text, pictures);
  }

  private static String title(StepNumbers numbers, Focus focus, List<String> inputs) {
    return numbers.spec().cell()
        + " of recurrent layer "
        + (focus.layer() + 1)
        + (focus.reverse() ? ", reverse" : "")
        + ", at step "
        + (focus.step() + 1)
        + " of "
        + inputs.size()
        + " ("
        + inputs.get(focus.step())
        + ")";
  }

  private static String section(String title, String content) {
    return title + "\n" + "─".repeat(title.length()) + "\n" + content + "\n";
  }

  /**
   * Writes {@code explanation.txt} and the pictures, {@code name.svg} each.
   *
   * @param folder made if it does not exist; files of these names are replaced
   * @throws org.recur4j.models.file.ModelFileException if it cannot be written
   */
  public void write(Path folder) {
    AtomicFile.createFolder(folder);
    AtomicFile.write(folder.resolve("explanation.txt"), text);
    pictures.forEach((name, picture) -> AtomicFile.write(folder.resolve(name + ".svg"), picture));
  }
}
