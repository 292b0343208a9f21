package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.explain.Explanation;
import org.recur4j.examples.explain.Focus;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which layer and step to look at, and where the pictures go. People count from 1. */
final class FocusOption {
  @Option(
      names = "--step",
      paramLabel = "N",
      defaultValue = "1",
      description = "The step whose numbers are shown, from 1.")
  private int step;

  @Option(
      names = "--layer",
      paramLabel = "N",
      defaultValue = "1",
      description = "The recurrent layer, from 1.")
  private int layer;

  @Option(names = "--reverse", description = "The direction that reads from the end.")
  private boolean reverse;

  @Option(
      names = "--pictures",
      paramLabel = "FOLDER",
      description = "Write the text and the pictures, as SVG, into this folder.")
  private Path folder;

  /**
   * The pictures; refuses what cannot be shown or written.
   *
   * @param command that was given
   * @param model a file that it reads; null for none
   */
  Outputs outputs(CommandSpec command, Path model) {
    if (step < 1 || layer < 1) {
      throw new InvalidArgumentException(
          "explain", "--step " + step + " --layer " + layer, "at least 1", "Count from 1");
    }
    Outputs outputs =
        new Outputs(command)
            .input("--model", model)
            .folder("--pictures", folder, name -> name.matches("explanation\\.txt|.*\\.svg"));
    outputs.check();
    return outputs;
  }

  /**
   * Prints an explanation and writes its pictures.
   *
   * @param subject makes the explanation
   * @return the exit code
   */
  int explain(
      PrintWriter out,
      Outputs outputs,
      Interruption interruption,
      Function<Focus, Explanation> subject) {
    Explanation explanation = subject.apply(new Focus(layer - 1, reverse, step - 1, List.of()));
    out.print(explanation.text());
    interruption.hold(() -> outputs.write("--pictures", folder, () -> explanation.write(folder)));
    if (folder != null && outputs.isWritten("--pictures")) {
      out.println("pictures in " + folder + ": " + explanation.pictures().keySet());
    }
    return outputs.exitCode();
  }
}
