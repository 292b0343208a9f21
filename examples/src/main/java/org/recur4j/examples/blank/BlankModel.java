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
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Predictions;

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
    Predictions answers =
        tagger
            .network()
            .predict(steps.stream().map(step -> Example.unlabeled(step.indices())).toList());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      int blank = steps.get(i).blank();
      Map<String, Double> figures = new LinkedHashMap<>();
      float[] probabilities = answers.values(i, blank);
      for (int word = 0; word < probabilities.length; word++) {
        figures.put(Mood.ALL.get(word).word(), (double) probabilities[word]);
      }
      String answer = Mood.ALL.get(answers.argMax(i, blank)).word();
      predictions.add(prediction(inputs.get(i), sentences.get(i), answer, figures));
    }
    return predictions;
  }

  private static Prediction prediction(
      String input, String sentence, String answer, Map<String, Double> figures) {
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
