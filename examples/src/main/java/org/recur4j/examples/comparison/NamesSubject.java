package org.recur4j.examples.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.names.NameData;
import org.recur4j.examples.names.NamesSettings;
import org.recur4j.examples.names.NamesTask;
import org.recur4j.models.training.report.TrainingListener;

/**
 * The classifier of first names.
 *
 * @param data names and labels
 * @param choice sizes, rates, seed
 */
public record NamesSubject(NameData data, NamesSettings choice) implements Subject {
  @Override
  public String title() {
    return "names, bidirectional LSTM";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("seed", Long.toString(choice.seed()));
    map.put("hidden", Integer.toString(choice.hidden()));
    map.put("layers", Integer.toString(choice.layers()));
    map.put("batch", Integer.toString(choice.batch()));
    map.put("epochs", Integer.toString(choice.epochs()));
    map.put("learning rate", Double.toString(choice.learningRate()));
    map.put("embedding", Integer.toString(choice.embedding()));
    map.put("dropout", Double.toString(choice.dropout()));
    return map;
  }

  /** Of a longer name; its test names are there, so that nobody asks. */
  @Override
  public int steps() {
    return 12;
  }

  @Override
  public NamesSubject with(String size, int value) {
    boolean hidden = Sizes.is(Sizes.HIDDEN, size);
    boolean layers = Sizes.is(Sizes.LAYERS, size);
    boolean batch = Sizes.is(Sizes.BATCH, size);
    Sizes.check(size, hidden || layers || batch, Sizes.ALL);
    return new NamesSubject(
        data,
        new NamesSettings(
            choice.embedding(),
            hidden ? value : choice.hidden(),
            layers ? value : choice.layers(),
            choice.dropout(),
            choice.epochs(),
            batch ? value : choice.batch(),
            choice.learningRate(),
            choice.seed()));
  }

  @Override
  public Trained train(Backend backend, TrainingListener listener) {
    NamesTask task = NamesTask.create(backend, data, choice);
    boolean done = false;
    try {
      task.train(listener);
      Trained trained = new Trained(task, task::save, List.of(), Optional.of(task.test()));
      done = true;
      return trained;
    } finally {
      if (!done) {
        task.close();
      }
    }
  }
}
