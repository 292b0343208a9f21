package org.recur4j.models.internal.assembly;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.safetensors.SafeTensorsFile;
import org.recur4j.models.safetensors.StoredType;
import org.recur4j.models.safetensors.TensorEntry;

/**
 * The shapes of a file's tensors that are not yet assigned while a model is built. A damaged
 * description may state any size. Because the shape of every new parameter is first taken from
 * here, a model never allocates more memory than the file has data. Tensors are assigned to
 * parameters afterward, by name, in {@link ParameterFile#fill}, because a cell may create a
 * parameter under one name and expose it under another.
 */
public final class StoredShapes {
  private final Path path;
  private final SafeTensorsFile file;
  private final StoredType type;
  private final Map<List<Long>, Integer> left = new HashMap<>();

  /**
   * Creates the shapes of all tensors of a file.
   *
   * @param path path of the file, for messages
   * @param file the opened file
   * @param dataType floating type of the model
   * @throws ModelFileException if a tensor has another type
   */
  public StoredShapes(Path path, SafeTensorsFile file, DataType dataType) {
    this.path = path;
    this.file = file;
    this.type = ParameterFile.storedType(dataType);
    for (TensorEntry entry : file.header().entries()) {
      if (entry.type() != type) {
        throw ParameterFile.mismatch(path, entry, type, entry.shape());
      }
      left.merge(entry.shape(), 1, Integer::sum);
    }
  }

  /**
   * Takes the shape of one tensor.
   *
   * @param name name of the parameter, for messages
   * @param shape shape of the parameter, as longs because sizes may multiply to more than an int
   * @throws ModelFileException if no tensor of that shape is left
   */
  public void take(String name, long... shape) {
    List<Long> wanted = Arrays.stream(shape).boxed().toList();
    int count = left.getOrDefault(wanted, 0);
    if (count == 0) {
      throw refuse(file.entry(name), wanted);
    }
    left.put(wanted, count - 1);
  }

  private ModelFileException refuse(TensorEntry entry, List<Long> wanted) {
    if (!entry.shape().equals(wanted)) {
      return ParameterFile.mismatch(path, entry, type, wanted);
    }
    return ModelFileException.unreadable(
        path,
        "fewer tensors of shape " + wanted + " than the architecture has",
        "one for each parameter, also for '" + entry.name() + "'",
        "Check that the file belongs to this model.");
  }
}
