package org.recur4j.examples.births;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
import org.recur4j.models.training.loss.Loss;

/** A trained network with the days that it forecasts from. */
final class BirthsModel implements TaskModel {
  /** What is forecast of each day: that one day in ten is below, half the days, nine in ten. */
  static final Loss.Quantile LOSS = Loss.quantile(0.1, 0.5, 0.9);

  /** How many numbers are forecast of each day. */
  static final int LEVELS = LOSS.levels().size();

  /** One standard deviation of what the weekday's mean leaves unexplained, roughly. */
  private static final double SCALE = 300;

  private final Network network;
  private final ForecastWindow window;

  BirthsModel(Network network, DailyBirths births) {
    this.network = network;
    this.window = new ForecastWindow(births, SCALE);
  }

  private BirthsModel(Network network, ForecastWindow window) {
    this.network = network;
    this.window = window;
  }

  static BirthsModel open(Backend backend, Path file) {
    NetworkForm form =
        NetworkForm.ofFeatures(ForecastWindow.FEATURES, LEVELS, Topology.MANY_TO_MANY);
    Network network = new TaskFile(BirthsTask.NAME, file).read(backend, any -> form);
    return new BirthsModel(network, DailyBirths.load());
  }

  Network network() {
    return network;
  }

  ForecastWindow window() {
    return window;
  }

  /** Births of the days after each origin: {@code [origin][level][days ahead - 1]}. */
  double[][][] forecast(int[] origins) {
    double[][][] forecasts = new double[origins.length][LEVELS][ForecastWindow.HORIZON];
    Predictions answers =
        network.predict(
            Arrays.stream(origins)
                .mapToObj(origin -> Example.unlabeled(window.inputs(origin)))
                .toList());
    for (int i = 0; i < origins.length; i++) {
      for (int ahead = 1; ahead <= ForecastWindow.HORIZON; ahead++) {
        float[] day = answers.values(i, ForecastWindow.step(ahead));
        for (int level = 0; level < LEVELS; level++) {
          forecasts[i][level][ahead - 1] =
              window.births(day[level], origins[i] + ahead, origins[i]);
        }
      }
    }
    return forecasts;
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    int[] origins = inputs.stream().mapToInt(this::origin).toArray();
    double[][][] forecasts = forecast(origins);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < origins.length; i++) {
      double[][] days = forecasts[i];
      int last = ForecastWindow.HORIZON - 1;
      String answer =
          String.format(
              Locale.ROOT,
              "%s: %.0f, %s: %.0f",
              window.births().date(origins[i] + 1),
              days[1][0],
              window.births().date(origins[i] + ForecastWindow.HORIZON),
              days[1][last]);
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("1 DAY, 10 %", days[0][0]);
      figures.put("90 %", days[2][0]);
      figures.put(ForecastWindow.HORIZON + " DAYS, 10 %", days[0][last]);
      figures.put("THEIR 90 %", days[2][last]);
      predictions.add(Prediction.of(inputs.get(i), answer, figures));
    }
    return predictions;
  }

  private int origin(String text) {
    DailyBirths births = window.births();
    LocalDate from = births.date(ForecastWindow.FIRST_ORIGIN);
    LocalDate to = births.date(births.days() - 1);
    try {
      int day = births.day(LocalDate.parse(text.strip()));
      if (day >= ForecastWindow.FIRST_ORIGIN && day < births.days()) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Refused below, as a day that is not in the table is.
    }
    throw new DataException(
        "the last known day",
        "'" + text + "'",
        "a date from " + from + " to " + to,
        "Write it as year-month-day.");
  }

  @Override
  public BirthsModel at(Precision precision) {
    return new BirthsModel(network.at(precision), window);
  }

  @Override
  public long packedBytes() {
    return network.packedBytes();
  }

  @Override
  public void save(Path file) {
    new TaskFile(BirthsTask.NAME, file).write(network, Map.of());
  }

  @Override
  public void close() {
    network.close();
  }
}
