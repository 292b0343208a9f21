package org.recur4j.examples.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;
import org.recur4j.models.safetensors.SafeTensorsHeader;
import org.recur4j.models.safetensors.TensorEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a model file holds; needs no backend. */
@Command(
    name = "inspect",
    description = "Show the tensors, the architecture and the checksums of a model file.")
final class InspectCommand implements Runnable {
  private static final String DATA_CHECKSUM = "recur4j.data_sha256";
  private static final String HEADER_CHECKSUM = "recur4j.header_sha256";

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(paramLabel = "FILE", description = "A safetensors file.")
  private Path file;

  @Override
  public void run() {
    // Opening refuses a file whose checksums do not match, so what is shown is what was saved.
    try (SafeTensorsFile opened = SafeTensors.open(file)) {
      SafeTensorsHeader header = opened.header();
      PrintWriter out = spec.commandLine().getOut();
      if (json.chosen()) {
        json.print(out, document(header));
      } else {
        print(out, header);
      }
    }
  }

  private Map<String, Object> document(SafeTensorsHeader header) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file.toString());
    document.put("checksum", checksum(header));
    document.put("values", values(header));
    document.put("dataBytes", header.dataBytes());
    Map<String, Object> metadata = new LinkedHashMap<>();
    header.metadata().forEach((key, value) -> metadata.put(key, structured(value)));
    document.put("metadata", metadata);
    document.put("tensors", header.entries().stream().map(InspectCommand::row).toList());
    return document;
  }

  private static Map<String, Object> row(TensorEntry entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", entry.name());
    row.put("type", entry.type().name());
    row.put("shape", entry.shape());
    row.put("bytes", entry.byteCount());
    return row;
  }

  private void print(PrintWriter out, SafeTensorsHeader header) {
    Table table = new Table("TENSOR", "TYPE", "SHAPE", "BYTES");
    for (TensorEntry entry : header.entries()) {
      table.add(
          entry.name(),
          entry.type().name(),
          entry.shape().toString(),
          Long.toString(entry.byteCount()));
    }
    table.print(out);
    out.printf(
        Locale.ROOT,
        "%n%d tensors, %d values, %d bytes; checksums: %s%n",
        header.entries().size(),
        values(header),
        header.dataBytes(),
        checksum(header));
    header.metadata().forEach((key, value) -> printMetadata(out, key, value));
  }

  private static void printMetadata(PrintWriter out, String key, String value) {
    if (structured(value) instanceof JsonElement element) {
      out.println(key + ": " + new GsonBuilder().setPrettyPrinting().create().toJson(element));
    } else {
      out.println(key + ": " + value);
    }
  }

  /** JSON inside a metadata text as such, anything else as the text it is. */
  private static Object structured(String value) {
    if (!value.startsWith("{") && !value.startsWith("[")) {
      return value;
    }
    try {
      return JsonParser.parseString(value);
    } catch (JsonParseException e) {
      return value;
    }
  }

  private static long values(SafeTensorsHeader header) {
    return header.entries().stream().mapToLong(TensorEntry::elementCount).sum();
  }

  private static String checksum(SafeTensorsHeader header) {
    return header.metadata().keySet().containsAll(List.of(DATA_CHECKSUM, HEADER_CHECKSUM))
        ? "verified"
        : "none";
  }
}
