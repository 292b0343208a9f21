package org.recur4j.models.internal.assembly;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;
import org.recur4j.models.safetensors.StoredTensor;
import org.recur4j.models.safetensors.StoredType;
import org.recur4j.models.safetensors.TensorEntry;

/**
 * The parameters of a model in a safetensors file, together with a description of the model and the
 * user's notes.
 *
 * @param saver public method that writes the file, for messages, such as {@code "Network.save"}
 * @param key metadata key of the description, which starts with {@code recur4j.}
 */
public record ParameterFile(String saver, String key) {
  /** The prefix of the library's own metadata keys. */
  private static final String RESERVED_PREFIX = "recur4j.";

  /**
   * Writes a model atomically, with checksums. Equal weights yield equal bytes.
   *
   * @param path file; replaced if it exists
   * @param backend backend that holds the parameters
   * @param parameters parameters with unique names
   * @param description description of the model
   * @param notes the user's notes; keys must not begin with {@code recur4j.}
   * @throws InvalidArgumentException if the key of a note begins with {@code recur4j.}; nothing is
   *     written
   * @throws ModelFileException if the file cannot be written; an existing file is then unchanged
   */
  public void write(
      Path path,
      Backend backend,
      List<Parameter> parameters,
      String description,
      Map<String, String> notes) {
    Map<String, String> metadata = new TreeMap<>(notes);
    for (String note : metadata.keySet()) {
      if (note.startsWith(RESERVED_PREFIX)) {
        throw new InvalidArgumentException(
            saver,
            "a note with the key '" + note + "'",
            "keys that do not begin with '" + RESERVED_PREFIX + "', which is reserved",
            "Use another key for the note");
      }
    }
    metadata.put(key, description);
    SafeTensors.write(path, stored(backend, parameters), metadata, Checksum.SHA256);
  }

  /**
   * Downloads parameters without loss.
   *
   * @param backend backend that holds the parameters
   * @param parameters parameters with unique names
   * @return copies with the same names, in the same order
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
   * Returns the description of a model.
   *
   * @param path path of the file, for messages
   * @param file the opened file
   * @return the description
   * @throws ModelFileException if the file has no description
   */
  public String description(Path path, SafeTensorsFile file) {
    String text = file.header().metadata().get(key);
    if (text == null) {
      throw ModelFileException.unreadable(
          path,
          "no metadata '" + key + "'",
          "a file written by " + saver,
          "Read the tensors with SafeTensors.open, and upload them into the parameters of a model"
              + " that you build");
    }
    return text;
  }

  /**
   * Returns the user's notes.
   *
   * @param file the opened file
   * @return the metadata without the library's own
   */
  public static Map<String, String> notes(SafeTensorsFile file) {
    Map<String, String> notes = new TreeMap<>(file.header().metadata());
    notes.keySet().removeIf(key -> key.startsWith(RESERVED_PREFIX));
    return notes;
  }

  /**
   * Loads weights into parameters.
   *
   * @param path path of the file, for messages
   * @param file the opened file
   * @param backend backend that holds the parameters
   * @param parameters parameters that correspond exactly to the tensors of the file
   * @throws ModelFileException if a tensor is missing, superfluous, or of another shape or type; no
   *     parameter is changed then
   */
  public static void fill(
      Path path, SafeTensorsFile file, Backend backend, List<Parameter> parameters) {
    fill(path, file, backend, parameters, name -> false);
  }

  /**
   * Reads weights into parameters, and leaves some tensors unread.
   *
   * @param path of the file, for messages
   * @param file the opened file
   * @param backend where the parameters live
   * @param parameters those of the file but for what is ignored
   * @param ignored whether a tensor of this name may be there without a parameter
   * @throws ModelFileException if the file lacks a tensor, has one too many or one of another shape
   *     or type; nothing is written then
   */
  public static void fill(
      Path path,
      SafeTensorsFile file,
      Backend backend,
      List<Parameter> parameters,
      Predicate<String> ignored) {
    Set<String> superfluous = new HashSet<>();
    file.header().entries().forEach(entry -> superfluous.add(entry.name()));
    superfluous.removeIf(ignored);
    for (Parameter parameter : parameters) {
      check(path, file.entry(parameter.name()), parameter.value());
      superfluous.remove(parameter.name());
    }
    if (!superfluous.isEmpty()) {
      throw ModelFileException.unreadable(
          path,
          "tensors that are not part of the architecture: "
              + superfluous.stream().sorted().toList(),
          "exactly the " + parameters.size() + " parameters of the network",
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
        type + " " + shape + " according to its architecture",
        "Check that the file belongs to this model.");
  }
}
