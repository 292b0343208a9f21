package org.recur4j.models.network;

import java.nio.file.Path;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.internal.assembly.ArchitectureJson;
import org.recur4j.models.internal.assembly.ParameterFile;
import org.recur4j.models.internal.assembly.StoredShapes;
import org.recur4j.models.internal.assembly.WeightSource;
import org.recur4j.models.layer.Factories;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;

/** Reads and writes networks as safetensors files, with the architecture in the metadata. */
final class NetworkFile {
  private static final ParameterFile FORM =
      new ParameterFile("Network.save", "recur4j.architecture");

  private NetworkFile() {}

  static void save(Path file, Network network, Map<String, String> notes) {
    FORM.write(
        file,
        network.backend(),
        network.parameters(),
        ArchitectureJson.write(network.architecture()),
        notes);
  }

  static Network load(Path path, Backend backend, Factories factories) {
    try (SafeTensorsFile file = SafeTensors.open(path)) {
      String text = FORM.description(path, file);
      Architecture architecture = ArchitectureJson.read(path, text);
      Map<String, String> notes = ParameterFile.notes(file);
      StoredShapes stored = new StoredShapes(path, file, architecture.dataType());
      Network network =
          new Network(
              backend, architecture, factories, WeightSource.readFrom(stored), false, notes);
      boolean complete = false;
      try {
        ParameterFile.fill(path, file, backend, network.parameters());
        network.refresh();
        complete = true;
        return network;
      } finally {
        if (!complete) {
          network.close();
        }
      }
    }
  }
}
