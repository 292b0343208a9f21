package org.recur4j.examples.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** Output for machines instead of people. */
final class JsonOption {
  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  boolean chosen() {
    return json;
  }

  void print(PrintWriter out, Object document) {
    // Absent numbers are written as null, so that every row has the same keys.
    Gson gson =
        new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
    out.println(gson.toJson(document));
  }
}
