package org.recur4j.models.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.file.Checksum;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.file.SafeTensors;
import org.recur4j.models.file.SafeTensorsFile;
import org.recur4j.models.file.StoredTensor;
import org.recur4j.models.file.StoredType;
import org.recur4j.models.file.TensorEntry;

/** A network in a safetensors file: weights under PyTorch's names, architecture in the metadata. */
final class ModelFile {
  private static final String ARCHITECTURE = "recur4j.architecture";
  private static final String OURS = "recur4j.";

  private ModelFile() {}

  static void save(Path file, Network network, Map<String, String> notes) {
    Map<String, String> metadata = new TreeMap<>(notes);
    for (String key : metadata.keySet()) {
      if (key.startsWith(OURS)) {
        throw new InvalidArgumentException(
            "Network.save",
            "a note with the key '" + key + "'",
            "keys that do not begin with '" + OURS + "', which the library keeps for itself",
            "Give the note another key");
      }
    }
    metadata.put(ARCHITECTURE, ArchitectureJson.write(network.architecture()));
    List<StoredTensor> tensors = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      tensors.add(stored(network.backend(), parameter));
    }
    SafeTensors.write(file, tensors, metadata, Checksum.SHA256);
  }

  private static StoredTensor stored(Backend backend, Parameter parameter) {
    Tensor value = parameter.value();
    long[] shape = Arrays.stream(value.shape().toArray()).asLongStream().toArray();
    if (value.dataType() == DataType.FLOAT64) {
      double[] doubles = new double[value.size()];
      backend.download(value, doubles, 0);
      return StoredTensor.of(parameter.name(), doubles, shape);
    }
    float[] floats = new float[value.size()];
    backend.download(value, floats, 0);
    return StoredTensor.of(parameter.name(), floats, shape);
  }

  static Network load(Path path, Backend backend, Map<String, Cell.Factory> cells) {
    try (SafeTensorsFile file = SafeTensors.open(path)) {
      Map<String, String> metadata = file.header().metadata();
      String text = metadata.get(ARCHITECTURE);
      if (text == null) {
        throw ModelFileException.unreadable(
            path,
            "no metadata '" + ARCHITECTURE + "'",
            "a file that Network.save wrote",
            "Build the network by hand, or import the file.");
      }
      Architecture architecture = ArchitectureJson.read(path, text);
      Map<String, String> notes = new TreeMap<>(metadata);
      notes.keySet().removeIf(key -> key.startsWith(OURS));
      Network network = new Network(backend, architecture, cells, Start.ZEROS, 0, false, notes);
      boolean complete = false;
      try {
        fill(path, file, network);
        complete = true;
        return network;
      } finally {
        if (!complete) {
          network.close();
        }
      }
    }
  }

  private static void fill(Path path, SafeTensorsFile file, Network network) {
    Set<String> superfluous = new HashSet<>();
    file.header().entries().forEach(entry -> superfluous.add(entry.name()));
    for (Parameter parameter : network.parameters()) {
      check(path, file.entry(parameter.name()), parameter.value());
      superfluous.remove(parameter.name());
    }
    if (!superfluous.isEmpty()) {
      throw ModelFileException.unreadable(
          path,
          "tensors that the architecture has no place for: "
              + superfluous.stream().sorted().toList(),
          "exactly the network's " + network.parameters().size(),
          "Check that the file belongs to this model.");
    }
    for (Parameter parameter : network.parameters()) {
      if (parameter.value().dataType() == DataType.FLOAT64) {
        network.backend().upload(file.doubles(parameter.name()), 0, parameter.value());
      } else {
        network.backend().upload(file.floats(parameter.name()), 0, parameter.value());
      }
    }
    network.refresh();
  }

  private static void check(Path path, TensorEntry entry, Tensor value) {
    List<Long> shape = Arrays.stream(value.shape().toArray()).mapToObj(n -> (long) n).toList();
    StoredType type = value.dataType() == DataType.FLOAT64 ? StoredType.F64 : StoredType.F32;
    if (!entry.shape().equals(shape) || entry.type() != type) {
      throw ModelFileException.unreadable(
          path,
          "tensor '" + entry.name() + "' of type " + entry.type() + " and shape " + entry.shape(),
          type + " " + shape + " as its architecture says",
          "Check that the file belongs to this model.");
    }
  }
}
