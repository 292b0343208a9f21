package org.recur4j.examples.digits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Predictions;

/**
 * A trained network that sees an image whole or row by row.
 *
 * @param network closed with this
 */
record DigitModel(Network network) implements TaskModel {
  static DigitModel open(Backend backend, Path file) {
    return new DigitModel(new TaskFile(DigitTask.NAME, file).read(backend, DigitModel::form));
  }

  private static NetworkForm form(Network network) {
    return network.architecture().topology() == Topology.ONE_TO_ONE
        ? NetworkForm.ofFeatures(
            DigitImage.SIDE * DigitImage.SIDE, DigitImage.DIGITS, Topology.ONE_TO_ONE)
        : NetworkForm.ofFeatures(DigitImage.SIDE, DigitImage.DIGITS, Topology.MANY_TO_ONE);
  }

  /** The image as this network reads it. */
  float[][] steps(DigitImage image) {
    return network.architecture().topology() == Topology.ONE_TO_ONE ? image.whole() : image.rows();
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    DigitData data = DigitData.load();
    List<DigitImage> images = inputs.stream().map(input -> image(input, data.all())).toList();
    Predictions answers =
        network.predict(images.stream().map(image -> Example.unlabeled(steps(image))).toList());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      int best = answers.argMax(i);
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("PROBABILITY", (double) answers.values(i)[best]);
      predictions.add(
          new Prediction(inputs.get(i), Integer.toString(best), figures, images.get(i).picture()));
    }
    return predictions;
  }

  private static DigitImage image(String input, List<DigitImage> all) {
    String source = "the image '" + (input.length() > 40 ? input.substring(0, 40) + "…" : input);
    List<Integer> numbers = DigitImage.numbers(input, source + "'");
    if (numbers.size() > 1) {
      return DigitImage.of(numbers, 0, source + "'");
    }
    int number = numbers.get(0);
    if (number < 0 || number >= all.size()) {
      throw new DataException(
          source + "'",
          "number " + number,
          "0 to " + (all.size() - 1),
          "Give the number of a bundled image, or 64 pixels separated by commas.");
    }
    return all.get(number);
  }

  @Override
  public DigitModel at(Precision precision) {
    return new DigitModel(network.at(precision));
  }

  @Override
  public long packedBytes() {
    return network.packedBytes();
  }

  @Override
  public void save(Path file) {
    new TaskFile(DigitTask.NAME, file).write(network, Map.of());
  }

  @Override
  public void close() {
    network.close();
  }
}
