package org.recur4j.examples.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LearningCurveTest {
  private static final int TRAINING = 0x0072B2;
  private static final int VALIDATION = 0xD55E00;

  @TempDir Path folder;

  private static EpochReport epoch(int number, double loss, Evaluation judged, boolean best) {
    return new EpochReport(number, 99, loss, judged, best, 1);
  }

  private static List<EpochReport> judged() {
    return List.of(
        epoch(1, 1, new Evaluation(1.1, 0.5, 9), true),
        epoch(2, 0.6, new Evaluation(0.8, 0.7, 9), true),
        epoch(3, 0.4, new Evaluation(0.9, 0.6, 9), false));
  }

  private static List<EpochReport> learnedOnly(double... losses) {
    List<EpochReport> epochs = new ArrayList<>();
    for (double loss : losses) {
      epochs.add(epoch(epochs.size() + 1, loss, null, false));
    }
    return epochs;
  }

  /** The colors of a drawing's lines; XChart draws letters as outlines, so there is no text. */
  private static List<String> strokes(Path svg) throws Exception {
    // The document type would be fetched from the network; nobody needs it.
    String text = Files.readString(svg).replaceFirst("(?s)<!DOCTYPE.*?>", "");
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    NodeList nodes = document.getElementsByTagName("g");
    List<String> strokes = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Matcher matcher =
          Pattern.compile("stroke:(rgb\\([^)]*\\))")
              .matcher(((Element) nodes.item(i)).getAttribute("style"));
      if (matcher.find()) {
        strokes.add(matcher.group(1));
      }
    }
    return strokes;
  }

  private static XYChart losses(List<EpochReport> epochs) {
    return LearningCurve.charts("losses", epochs).get(0);
  }

  @Test
  void ticksOfSmallLossesAreNotCalledZero() {
    assertThat(pattern(1e-2, 1e-8)).isEqualTo("0E0");
    assertThat(pattern(3e-8, 1e-8)).isEqualTo("0.###E0");
    assertThat(pattern(100, 1)).isEqualTo("0.######");
    assertThat(pattern(0.3, 0.2)).isEqualTo("0.######");
    // A formatting function would make XChart forget the logarithmic axis.
    assertThat(losses(learnedOnly(1, 1e-8)).getStyler().getyAxisTickLabelsFormattingFunction())
        .isNull();
  }

  private static String pattern(double... epochs) {
    return losses(learnedOnly(epochs)).getStyler().getYAxisDecimalPattern();
  }

  private static long pixels(BufferedImage image, int from, int to, int color) {
    int width = to - from;
    int[] all = image.getRGB(from, 0, width, image.getHeight(), null, 0, width);
    return Arrays.stream(all).filter(pixel -> (pixel & 0xFFFFFF) == color).count();
  }

  @Test
  void drawsLossesAndAccuracySideBySide() throws Exception {
    Path png = folder.resolve("curve.png");
    Path svg = folder.resolve("curve.svg");
    LearningCurve.write(png, svg, "names", judged());
    assertThat(strokes(svg)).contains("rgb(0,114,178)", "rgb(213,94,0)");
    assertThat(losses(judged()).getSeriesMap())
        .containsOnlyKeys("training", "validation", "best (epoch 2)");
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(2560);
    assertThat(image.getHeight()).isEqualTo(840);
    assertThat(pixels(image, 0, 1280, TRAINING)).isGreaterThan(500);
    assertThat(pixels(image, 0, 1280, VALIDATION)).isGreaterThan(500);
    assertThat(pixels(image, 1280, 2560, TRAINING)).isZero();
    assertThat(pixels(image, 1280, 2560, VALIDATION)).isGreaterThan(500);
  }

  @Test
  void leavesOutWhatNobodyJudged() throws Exception {
    Path png = folder.resolve("curve.png");
    Path svg = folder.resolve("curve.svg");
    LearningCurve.write(png, svg, "adding", learnedOnly(1, 0.5, Double.NaN, 0.3));
    assertThat(strokes(svg)).contains("rgb(0,114,178)").doesNotContain("rgb(213,94,0)");
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1280);
  }

  @Test
  void showsASingleEpoch() throws Exception {
    Path png = folder.resolve("curve.png");
    LearningCurve.write(png, folder.resolve("curve.svg"), "one", judged().subList(0, 1));
    assertThat(pixels(ImageIO.read(png.toFile()), 0, 900, TRAINING)).isGreaterThan(50);
  }

  @Test
  void isLogarithmicWhereLossesSpanDecades() {
    assertThat(logarithmic(learnedOnly(10, 1, 0.01))).isTrue();
    assertThat(logarithmic(learnedOnly(1, 0.5))).isFalse();
    assertThat(logarithmic(learnedOnly(1, -0.5))).as("no logarithm").isFalse();
  }

  private static boolean logarithmic(List<EpochReport> epochs) {
    return losses(epochs).getStyler().isYAxisLogarithmic();
  }

  /** Forty labels side by side would run into each other. */
  @Test
  void givesManyEpochsPointsBetweenThemSoThatRoundOnesAreLabeled() {
    double[] many = new double[40];
    Arrays.setAll(many, i -> 3 - i / 20.0);
    assertThat(losses(learnedOnly(many)).getSeriesMap().get("guide").getXData())
        .hasSize(320)
        .startsWith(1)
        .endsWith(40);
    assertThat(losses(learnedOnly(Arrays.copyOf(many, 15))).getSeriesMap())
        .doesNotContainKey("guide");
  }

  @Test
  void drawsTheSameTwice() throws IOException {
    for (String name : List.of("a", "b")) {
      LearningCurve.write(
          folder.resolve(name + ".png"), folder.resolve(name + ".svg"), "same", judged());
    }
    assertThat(folder.resolve("b.png")).hasSameBinaryContentAs(folder.resolve("a.png"));
    assertThat(folder.resolve("b.svg")).hasSameBinaryContentAs(folder.resolve("a.svg"));
  }

  @Test
  void refusesWhatHasNoLoss() {
    Path png = folder.resolve("curve.png");
    Path svg = folder.resolve("curve.svg");
    for (List<EpochReport> none : List.of(List.<EpochReport>of(), learnedOnly(Double.NaN))) {
      assertThatThrownBy(() -> LearningCurve.write(png, svg, "none", none))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("epochs without a finite loss");
    }
    assertThat(png).doesNotExist();
  }
}
