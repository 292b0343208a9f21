package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Availability.Available;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.backend.Candidate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows every backend on the class path, and why some cannot be used. */
@Command(
    name = "backends",
    description = "Show the backends: what is there, why not, and what to do about it.")
final class BackendsCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    List<Candidate> candidates = Backends.report().candidates();
    PrintWriter out = spec.commandLine().getOut();
    if (json.chosen()) {
      json.print(out, candidates.stream().map(BackendsCommand::row).toList());
    } else {
      print(out, candidates);
    }
  }

  private static Map<String, Object> row(Candidate candidate) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", candidate.name());
    row.put("available", candidate.isAvailable());
    if (candidate.availability() instanceof Available available) {
      row.put("score", available.score());
      row.put("detail", available.detail());
    } else if (candidate.availability() instanceof Unavailable unavailable) {
      row.put("reason", unavailable.reason());
      row.put("remedy", unavailable.remedy());
    }
    return row;
  }

  private static void print(PrintWriter out, List<Candidate> candidates) {
    Table table = new Table("NAME", "AVAILABLE", "SCORE", "DETAIL");
    for (Candidate candidate : candidates) {
      if (candidate.availability() instanceof Available available) {
        table.add(candidate.name(), "yes", Integer.toString(available.score()), available.detail());
      } else if (candidate.availability() instanceof Unavailable unavailable) {
        table.add(candidate.name(), "no", "", unavailable.reason());
        table.add("", "", "", "→ " + unavailable.remedy());
      }
    }
    table.print(out);
  }
}
