package org.recur4j.models.safetensors;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.file.ModelFileException;

/**
 * The tensors of a model file while a model is built for them. A description may say any size;
 * whoever makes a parameter takes its shape from here first, so that a model never needs more
 * memory than its file has data. Which tensor a parameter gets is settled afterward, by name, in
 * {@link ParameterFile#fill}: a cell may make a parameter under one name and show it under another.
 */
public final class StoredShapes {
  private final Path path;
  private final SafeTensorsFile file;
  private final StoredType type;
  private final Map<List<Long>, Integer> left = new HashMap<>();

  /**
   * All tensors of a file.
   *
   * @param path of the file, for messages
   * @param file the opened file
   * @param dataType of the model, a floating type
   * @throws ModelFileException if a tensor is of another type
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
   * Takes one tensor's shape.
   *
   * @param name of the parameter, for the message
   * @param shape of the parameter; in long arithmetic, because a description's sizes may multiply
   *     to more than an int
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
