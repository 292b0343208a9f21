package org.recur4j.models.safetensors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.file.ModelFileException;

/**
 * Parameters of a model in a safetensors file, beside a description and notes of the user's.
 *
 * @param saver the method that users call, for messages: {@code "Network.save"}
 * @param key of the description in the metadata, beginning with {@code recur4j.}
 */
public record ParameterFile(String saver, String key) {
  /** What the keys of the library's own metadata begin with. */
  private static final String OURS = "recur4j.";

  /**
   * Writes a model atomically, with checksums; the same weights give the same bytes.
   *
   * @param path replaced if it exists
   * @param backend where the parameters live
   * @param parameters under unique names
   * @param description of the model
   * @param notes of the user's; keys do not begin with {@code recur4j.}
   * @throws InvalidArgumentException if a note's key does; nothing is written
   * @throws ModelFileException if the file cannot be written; an existing one is then as before
   */
  public void write(
      Path path,
      Backend backend,
      List<Parameter> parameters,
      String description,
      Map<String, String> notes) {
    Map<String, String> metadata = new TreeMap<>(notes);
    for (String note : metadata.keySet()) {
      if (note.startsWith(OURS)) {
        throw new InvalidArgumentException(
            saver,
            "a note with the key '" + note + "'",
            "keys that do not begin with '" + OURS + "', which the library keeps for itself",
            "Give the note another key");
      }
    }
    metadata.put(key, description);
    SafeTensors.write(path, stored(backend, parameters), metadata, Checksum.SHA256);
  }

  /**
   * Downloads parameters, bit for bit.
   *
   * @param backend where they live
   * @param parameters under unique names
   * @return copies under the same names, in the same order
   */
  public static List<StoredTensor> stored(Backend backend, List<Parameter> parameters) {
    List<StoredTensor> tensors = new ArrayList<>();
    for (Parameter parameter : parameters) {
      tensors.add(stored(backend, parameter));
    }
    return tensors;
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

  /**
   * The description of a model.
   *
   * @param path of the file, for messages
   * @param file the opened file
   * @return the text
   * @throws ModelFileException if there is none
   */
  public String description(Path path, SafeTensorsFile file) {
    String text = file.header().metadata().get(key);
    if (text == null) {
      throw ModelFileException.unreadable(
          path,
          "no metadata '" + key + "'",
          "a file that " + saver + " wrote",
          "Read the tensors with SafeTensors.open, and upload them into the parameters of a model"
              + " that you build");
    }
    return text;
  }

  /**
   * What the user wrote beside the model.
   *
   * @param file the opened file
   * @return the metadata but for the library's own
   */
  public static Map<String, String> notes(SafeTensorsFile file) {
    Map<String, String> notes = new TreeMap<>(file.header().metadata());
    notes.keySet().removeIf(key -> key.startsWith(OURS));
    return notes;
  }

  /**
   * Reads weights into parameters.
   *
   * @param path of the file, for messages
   * @param file the opened file
   * @param backend where the parameters live
   * @param parameters exactly those of the file
   * @throws ModelFileException if the file lacks a tensor, has one too many or one of another shape
   *     or type; nothing is written then
   */
  public static void fill(
      Path path, SafeTensorsFile file, Backend backend, List<Parameter> parameters) {
    Set<String> superfluous = new HashSet<>();
    file.header().entries().forEach(entry -> superfluous.add(entry.name()));
    for (Parameter parameter : parameters) {
      check(path, file.entry(parameter.name()), parameter.value());
      superfluous.remove(parameter.name());
    }
    if (!superfluous.isEmpty()) {
      throw ModelFileException.unreadable(
          path,
          "tensors that the architecture has no place for: "
              + superfluous.stream().sorted().toList(),
          "exactly the network's " + parameters.size(),
          "Check that the file belongs to this model.");
    }
    for (Parameter parameter : parameters) {
      if (parameter.value().dataType() == DataType.FLOAT64) {
        backend.upload(file.doubles(parameter.name()), 0, parameter.value());
      } else {
        backend.upload(file.floats(parameter.name()), 0, parameter.value());
      }
    }
  }

  private static void check(Path path, TensorEntry entry, Tensor value) {
    List<Long> shape = Arrays.stream(value.shape().toArray()).mapToObj(n -> (long) n).toList();
    StoredType type = storedType(value.dataType());
    if (!entry.shape().equals(shape) || entry.type() != type) {
      throw mismatch(path, entry, type, shape);
    }
  }

  static StoredType storedType(DataType type) {
    return type == DataType.FLOAT64 ? StoredType.F64 : StoredType.F32;
  }

  static ModelFileException mismatch(
      Path path, TensorEntry entry, StoredType type, List<Long> shape) {
    return ModelFileException.unreadable(
        path,
        "tensor '" + entry.name() + "' of type " + entry.type() + " and shape " + entry.shape(),
        type + " " + shape + " as its architecture says",
        "Check that the file belongs to this model.");
  }
}
