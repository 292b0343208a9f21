package org.recur4j.examples.births;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.models.data.DataException;

class ForecastWindowTest {
  private static final String HEADER = "year,month,date_of_month,day_of_week,births\n";

  @Test
  void readsEveryDayOfTwentyYears() {
    DailyBirths births = DailyBirths.load();
    assertThat(births.days()).isEqualTo(7305);
    assertThat(births.date(0)).isEqualTo(LocalDate.of(1969, 1, 1));
    assertThat(births.date(7304)).isEqualTo(LocalDate.of(1988, 12, 31));
    assertThat(births.counts()[0]).isEqualTo(8486);
  }

  /** No number that is not known at the origin may reach the network. */
  @Test
  void seesNothingOfTheDaysThatItForecasts() {
    DailyBirths births = DailyBirths.load();
    int origin = 3000;
    int[] blind = births.counts().clone();
    Arrays.fill(blind, origin + 1, blind.length, 1_000_000);
    ForecastWindow seeing = new ForecastWindow(births, 300);
    ForecastWindow notSeeing = new ForecastWindow(new DailyBirths(births.first(), blind), 300);
    assertThat(notSeeing.inputs(origin)).isDeepEqualTo(seeing.inputs(origin));
    for (int ahead = 1; ahead <= ForecastWindow.HORIZON; ahead++) {
      assertThat(notSeeing.usual(origin + ahead, origin))
          .isEqualTo(seeing.usual(origin + ahead, origin));
    }
    blind[origin]++;
    assertThat(notSeeing.inputs(origin)).isNotEqualTo(seeing.inputs(origin));
  }

  /** Nor does a step of the past see its own day. */
  @Test
  void answersForADayItHasNotSeen() {
    DailyBirths births = DailyBirths.load();
    int origin = 3000;
    int[] changed = births.counts().clone();
    changed[origin] += 500;
    ForecastWindow other = new ForecastWindow(new DailyBirths(births.first(), changed), 300);
    ForecastWindow window = new ForecastWindow(births, 300);
    int step = ForecastWindow.step(0);
    float[] before = window.inputs(origin)[step].clone();
    float[] after = other.inputs(origin)[step].clone();
    // The level, the mean of the whole window, is subtracted from all steps alike.
    before[2] = 0;
    after[2] = 0;
    assertThat(after).containsExactly(before);
    assertThat(other.example(origin).values()[step][0])
        .isGreaterThan(window.example(origin).values()[step][0]);
  }

  @Test
  void answersAreDifferencesFromTheUsual() {
    DailyBirths births = DailyBirths.load();
    ForecastWindow window = new ForecastWindow(births, 300);
    for (int origin : new int[] {ForecastWindow.FIRST_ORIGIN, 7304 - ForecastWindow.HORIZON}) {
      float[][] answers = window.example(origin).values();
      for (int ahead : new int[] {1, 7, 8, 28}) {
        int day = origin + ahead;
        float answer = answers[ForecastWindow.step(ahead)][0];
        assertThat(window.births(answer, day, origin))
            .isBetween(births.counts()[day] - 0.01, births.counts()[day] + 0.01);
      }
    }
  }

  @Test
  void forecastsOnlyDaysOfTheirOwnPart() {
    DailyBirths births = DailyBirths.load();
    BirthsSplit split = new BirthsSplit(births);
    int[] training = split.trainingOrigins();
    int[] validation = split.validationOrigins();
    int[] test = split.testOrigins();
    assertThat(training[0]).isGreaterThanOrEqualTo(ForecastWindow.FIRST_ORIGIN);
    assertThat(births.date(training[training.length - 1] + ForecastWindow.HORIZON))
        .isBefore("1985-01-01");
    assertThat(births.date(validation[0] + 1)).isEqualTo("1985-01-01");
    assertThat(births.date(validation[validation.length - 1] + ForecastWindow.HORIZON))
        .isEqualTo("1986-12-31");
    assertThat(births.date(test[0] + 1)).isEqualTo("1987-01-01");
    assertThat(births.date(test[test.length - 1] + ForecastWindow.HORIZON)).isEqualTo("1988-12-31");
  }

  @Test
  void measuresForecastsThatRepeatTheBaselinesAsTheBaselines() {
    BirthsSplit split = new BirthsSplit(DailyBirths.load());
    ForecastWindow window = new ForecastWindow(split.births(), 300);
    int[] origins = {6600, 6700, 6801};
    double[][][] usual = new double[3][BirthsModel.LEVELS][ForecastWindow.HORIZON];
    for (int i = 0; i < origins.length; i++) {
      for (int ahead = 1; ahead <= ForecastWindow.HORIZON; ahead++) {
        Arrays.fill(usual[i][0], -1);
        Arrays.fill(usual[i][2], 1e9);
        usual[i][1][ahead - 1] = window.usual(origins[i] + ahead, origins[i]);
      }
    }
    List<Score> scores = new BirthsScores(window, origins, split.history()).of(usual);
    assertThat(scores).hasSize(4);
    for (Score score : scores.subList(0, 3)) {
      Reference mean = score.baselines().get(2);
      assertThat(mean.name()).isEqualTo("mean of 4 weeks");
      assertThat(score.value()).isEqualTo(mean.low());
    }
    // 28 days are four weeks: the naive and the seasonal naive forecast are the same.
    List<Reference> far = scores.get(1).baselines();
    assertThat(far.get(0).low()).isEqualTo(far.get(1).low());
    assertThat(scores.get(3).value()).as("all days are covered").isBetween(0.1999, 0.2001);
  }

  @Test
  void refusesTablesThatAreNotOneDayALine() {
    refuses("1969,1,1,3,10\n1969,1,3,5,10\n", "line 3", "1969-01-03", "1969-01-02");
    refuses("1969,1,1,4,10\n", "line 2", "weekday 4", "3 (Monday is 1)");
    refuses("1969,1,1,3,-4\n", "line 2", "-4 births");
    refuses("1969,2,30,3,4\n", "line 2", "1969-2-30", "a day of the calendar");
    refuses("1969,1,1,3\n", "line 2", "4 columns");
    refuses("1969,1,1,3,many\n", "line 2", "'many'", "a whole number");
    refuses("", "a heading without days");
    assertThatThrownBy(() -> read("date,births\n")).hasMessageContaining("the heading");
  }

  private static void refuses(String lines, String... parts) {
    assertThatThrownBy(() -> read(HEADER + lines))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts);
  }

  private static DailyBirths read(String table) throws IOException {
    return BirthsReader.read(
        "table", new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)));
  }
}
