package org.recur4j.examples.task;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.data.DataException;
import org.recur4j.models.network.Network;

/**
 * A model file that says which task it belongs to, so that nobody asks a model of digits about
 * words.
 *
 * @param task name of the task
 * @param file where it lies
 */
public record TaskFile(String task, Path file) {
  private static final String KEY = "task.name";

  /**
   * Writes atomically.
   *
   * @param network architecture and weights
   * @param notes what else it takes to use them; keys begin with {@code task.}
   */
  public void write(Network network, Map<String, String> notes) {
    Map<String, String> all = new TreeMap<>(notes);
    all.put(KEY, task);
    network.save(file, all);
  }

  /**
   * Reads a network.
   *
   * @param backend where it shall live
   * @param form of the task's networks, which may depend on the network's notes
   * @return the network; close it
   * @throws org.recur4j.models.file.ModelFileException if the file is damaged
   * @throws DataException if it is a model of another task, or of another form
   */
  public Network read(Backend backend, Function<Network, NetworkForm> form) {
    Network network = Network.load(file, backend);
    boolean complete = false;
    try {
      String found = network.metadata().get(KEY);
      if (!task.equals(found)) {
        throw new DataException(
            file.toString(),
            found == null ? "a model that names no task" : "a model of the task '" + found + "'",
            "a model of the task '" + task + "'",
            "Give a file that 'recur4j train " + task + "' wrote.");
      }
      form.apply(network).check(network, task, file.toString());
      complete = true;
      return network;
    } finally {
      if (!complete) {
        network.close();
      }
    }
  }

  /**
   * A note that was written with the network.
   *
   * @param network what {@link #read} gave
   * @param key of the note
   * @return its text
   * @throws DataException if there is none
   */
  public String note(Network network, String key) {
    String value = network.metadata().get(key);
    if (value == null) {
      throw new DataException(
          file.toString(),
          "a model without the note '" + key + "'",
          "what 'recur4j train " + task + "' writes",
          "Train again.");
    }
    return value;
  }
}
