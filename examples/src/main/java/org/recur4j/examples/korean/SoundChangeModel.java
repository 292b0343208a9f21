package org.recur4j.examples.korean;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.SequenceTagger;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.DataException;

/**
 * A trained network over jamo.
 *
 * @param tagger one jamo in, one jamo out
 */
record SoundChangeModel(SequenceTagger tagger) implements TaskModel {
  private static final int LONGEST = 200;

  static SoundChangeModel open(Backend backend, Path file) {
    NetworkForm form = NetworkForm.ofIndices(Jamo.size(), Jamo.size(), Topology.MANY_TO_MANY);
    return new SoundChangeModel(
        new SequenceTagger(new TaskFile(SoundChangeTask.NAME, file).read(backend, any -> form)));
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    List<int[]> encoded = inputs.stream().map(SoundChangeModel::encode).toList();
    List<SequenceTagger.Tags> tags = tagger.tag(encoded);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      predictions.add(
          Prediction.of(
              inputs.get(i),
              Jamo.decode(tags.get(i).classes()),
              Map.of("CERTAINTY", tags.get(i).certainty())));
    }
    return predictions;
  }

  private static int[] encode(String input) {
    String text = Normalizer.normalize(input.strip(), Normalizer.Form.NFC);
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new DataException(
          "the input",
          text.length() + " characters",
          "1 to " + LONGEST,
          "Give a word in Hangul, such as 국물.");
    }
    return Jamo.encode(text, "the input '" + text + "'");
  }

  @Override
  public SoundChangeModel at(Precision precision) {
    return new SoundChangeModel(tagger.at(precision));
  }

  @Override
  public long packedBytes() {
    return tagger.packedBytes();
  }

  @Override
  public void save(Path file) {
    new TaskFile(SoundChangeTask.NAME, file).write(tagger.network(), Map.of());
  }

  @Override
  public void close() {
    tagger.close();
  }
}
