package org.recur4j.examples.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** All commands that there are, so that no test can forget a new one. */
final class Commands {
  private Commands() {}

  /** Each command that has none below it, by its words: {@code "predict names"}. */
  static Map<String, CommandLine> all() {
    Map<String, CommandLine> found = new LinkedHashMap<>();
    collect(found, List.of(), RootCommand.commandLine(new Interruption()));
    return found;
  }

  private static void collect(
      Map<String, CommandLine> found, List<String> words, CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      found.put(String.join(" ", words), command);
    }
    command
        .getSubcommands()
        .forEach(
            (name, below) -> {
              List<String> longer = new ArrayList<>(words);
              longer.add(name);
              collect(found, longer, below);
            });
  }
}
