package org.recur4j.examples.blank;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.korean.Jamo;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.SequenceTagger;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.SequenceBatch;

/**
 * A trained network over jamo that says at the blank which word it is.
 *
 * @param tagger one jamo in, one of the words out; what it says elsewhere means nothing
 */
record BlankModel(SequenceTagger tagger) implements TaskModel {
  private static final String BLANK = "_";
  private static final int LONGEST = 300;

  static BlankModel open(Backend backend, Path file) {
    NetworkForm form = NetworkForm.ofIndices(Jamo.size(), Mood.ALL.size(), Topology.MANY_TO_MANY);
    return new BlankModel(
        new SequenceTagger(new TaskFile(BlankTask.NAME, file).read(backend, any -> form)));
  }

  /** Steps of a sentence, and which of them is the blank. */
  record Steps(int[] indices, int blank) {
    static Steps of(String text, String source) {
      String before = text.substring(0, text.indexOf(BLANK));
      return new Steps(Jamo.encode(text, source), Jamo.encode(before, source).length);
    }
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    List<String> sentences = inputs.stream().map(BlankModel::sentence).toList();
    List<Steps> steps = new ArrayList<>();
    for (String sentence : sentences) {
      steps.add(Steps.of(sentence, "the sentence '" + sentence + "'"));
    }
    float[][] rows =
        tagger
            .network()
            .predict(SequenceBatch.ofIndices(steps.stream().map(Steps::indices).toList()));
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      predictions.add(prediction(inputs.get(i), sentences.get(i), rows[i], steps.get(i).blank()));
    }
    return predictions;
  }

  private static Prediction prediction(String input, String sentence, float[] row, int blank) {
    Map<String, Double> figures = new LinkedHashMap<>();
    int words = Mood.ALL.size();
    int best = 0;
    for (int word = 0; word < words; word++) {
      figures.put(Mood.ALL.get(word).word(), (double) row[blank * words + word]);
      best = row[blank * words + word] > row[blank * words + best] ? word : best;
    }
    String answer = Mood.ALL.get(best).word();
    return new Prediction(
        input, answer, figures, List.of(sentence.replace(BLANK, "[" + answer + "]")));
  }

  private static String sentence(String input) {
    String text = Normalizer.normalize(input.strip(), Normalizer.Form.NFC).replaceAll("_+", BLANK);
    boolean one = text.contains(BLANK) && text.indexOf(BLANK) == text.lastIndexOf(BLANK);
    if (!one || text.length() > LONGEST) {
      throw new DataException(
          "the sentence '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'",
          one ? text.length() + " characters" : "not exactly one blank",
          one ? "at most " + LONGEST : "one blank, written ___",
          "Write ___ where the word is missing.");
    }
    return text;
  }

  @Override
  public BlankModel at(Precision precision) {
    return new BlankModel(tagger.at(precision));
  }

  @Override
  public long packedBytes() {
    return tagger.packedBytes();
  }

  @Override
  public void save(Path file) {
    new TaskFile(BlankTask.NAME, file).write(tagger.network(), Map.of());
  }

  @Override
  public void close() {
    tagger.close();
  }
}
