package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.names.NameData;
import org.recur4j.examples.names.NamesModel;
import org.recur4j.models.data.DataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a written model about names. */
@Command(name = "names", description = "Say from first names whose they are.")
final class PredictNamesCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private PrecisionOption precision;
  @Mixin private JsonOption json;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "names.safetensors",
      description = "What 'recur4j train names' wrote; ${DEFAULT-VALUE} without it.")
  private Path file;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "First names.")
  private List<String> names;

  @Override
  public void run() {
    names.forEach(PredictNamesCommand::check);
    try (Backend opened = backend.open();
        NamesModel full = NamesModel.open(opened, file);
        NamesModel model = precision.isFull() ? full : precision.lower(opened, full::at)) {
      List<String> labels = model.labels().names();
      List<double[]> probabilities = model.predict(names);
      PrintWriter out = spec.commandLine().getOut();
      if (json.chosen()) {
        json.print(out, document(model, probabilities));
      } else {
        print(out, labels, probabilities);
        names.forEach(name -> reportUnknown(out, name, model.unknownSymbols(name)));
      }
    }
  }

  static void check(String name) {
    String got = NameData.normalize(name);
    int length = got.codePointCount(0, got.length());
    if (length == 0 || length > NameData.MAXIMUM_CHARACTERS) {
      throw new DataException(
          length == 0 ? "the name" : "the name '" + got.substring(0, 20) + "…'",
          length + " characters",
          "1 to " + NameData.MAXIMUM_CHARACTERS,
          "Give a first name.");
    }
  }

  private static void reportUnknown(PrintWriter out, String name, List<String> symbols) {
    if (!symbols.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%s: %d unknown %s (%s): no training name contains %s, so the answer is less reliable.%n",
          name,
          symbols.size(),
          symbols.size() == 1 ? "character" : "characters",
          String.join(" ", symbols),
          symbols.size() == 1 ? "it" : "them");
    }
  }

  private List<Map<String, Object>> document(NamesModel model, List<double[]> probabilities) {
    List<String> labels = model.labels().names();
    List<Map<String, Object>> document = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Map<String, Object> shares = new LinkedHashMap<>();
      for (int label = 0; label < labels.size(); label++) {
        shares.put(labels.get(label), probabilities.get(i)[label]);
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", names.get(i));
      row.put("label", labels.get(largest(probabilities.get(i))));
      row.put("probabilities", shares);
      row.put("unknownSymbols", model.unknownSymbols(names.get(i)));
      document.add(row);
    }
    return document;
  }

  private void print(PrintWriter out, List<String> labels, List<double[]> probabilities) {
    List<String> heading = new ArrayList<>(List.of("NAME", "ANSWER"));
    heading.addAll(labels);
    Table table = new Table(heading.toArray(String[]::new));
    for (int i = 0; i < names.size(); i++) {
      List<String> row = new ArrayList<>();
      row.add(names.get(i));
      row.add(labels.get(largest(probabilities.get(i))));
      for (double probability : probabilities.get(i)) {
        row.add(String.format(Locale.ROOT, "%6.2f %%", 100 * probability));
      }
      table.add(row.toArray(String[]::new));
    }
    table.print(out);
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
