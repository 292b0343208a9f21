package org.recur4j.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.error.InvalidArgumentException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageTest {
  private static final Pattern SVG = Pattern.compile("<svg class=.*?</svg>\n", Pattern.DOTALL);

  @Test
  void asksNothingOfTheNetworkAndRunsNothing() {
    String html = Gallery.page().html();

    assertThat(html).doesNotContain("http:", "https:", "src=", "@import", "<link", "onload");
    assertThat(html.split("<script", -1)).hasSize(2);
    assertThat(html).contains("<script type=\"application/json\" id=\"recur4j-figures\">");
  }

  @Test
  void letsForeignTextBeText() {
    String html = Gallery.page().html();

    assertThat(html).doesNotContain("<script>alert").contains("&lt;script&gt;alert(&#39;1&#39;)");
  }

  @Test
  void foldsALongTableBehindALine() {
    assertThat(Gallery.page().html())
        .containsPattern("<details><summary>The same, folded</summary>\\s*<div class=\"scroll\"");
  }

  @Test
  void keepsTheFiguresForPrograms() {
    String html = Gallery.page().html();
    String json =
        html.substring(html.indexOf("recur4j-figures\">") + 17, html.lastIndexOf("</script>"));
    JsonObject page = JsonParser.parseString(json).getAsJsonObject();
    JsonArray blocks = page.getAsJsonArray("blocks");

    assertThat(page.get("title").getAsString()).isEqualTo("Every block");
    assertThat(blocks).hasSize(11);
    JsonObject bars = blocks.get(3).getAsJsonObject();
    assertThat(bars.get("kind").getAsString()).isEqualTo("BarChart");
    JsonArray figures = bars.getAsJsonObject("content").getAsJsonArray("bars");
    assertThat(figures.get(1).getAsJsonObject().get("value").getAsDouble()).isEqualTo(15.94);
    assertThat(figures.get(2).getAsJsonObject().get("value").isJsonNull()).isTrue();
  }

  @Test
  void drawsEachChartTwiceInsideItsEdges() throws Exception {
    Matcher svg = SVG.matcher(Gallery.page().html());
    int drawings = 0;
    while (svg.find()) {
      drawings++;
      Element root =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(svg.group())))
              .getDocumentElement();
      double width = Double.parseDouble(root.getAttribute("viewBox").split(" ")[2]);
      double height = Double.parseDouble(root.getAttribute("viewBox").split(" ")[3]);
      assertThat(root.getAttribute("aria-label")).hasSizeGreaterThan(30);
      NodeList texts = root.getElementsByTagName("text");
      assertThat(texts.getLength()).isGreaterThan(3);
      for (int i = 0; i < texts.getLength(); i++) {
        Element text = (Element) texts.item(i);
        double x = Double.parseDouble(text.getAttribute("x"));
        double y = Double.parseDouble(text.getAttribute("y"));
        double length = ChartFrame.width(text.getTextContent());
        double share =
            switch (text.getAttribute("text-anchor")) {
              case "middle" -> 0.5;
              case "end" -> 1;
              default -> 0;
            };
        // Letters are some 6 pixels wide on average; only a wide text may be measured too wide.
        assertThat(x - share * length * 0.9).as(text.getTextContent()).isGreaterThan(-6);
        assertThat(x + (1 - share) * length * 0.9).as(text.getTextContent()).isLessThan(width + 6);
        assertThat(y).as(text.getTextContent()).isBetween(10.0, height);
      }
    }
    assertThat(drawings).isEqualTo(14);
  }

  @Test
  void keepsALongLastTickInsideItsChart() {
    assertThat(Gallery.page().html())
        .containsPattern("<text [^>]*text-anchor=\"end\"[^>]*>80,000</text>")
        .doesNotContainPattern("<text [^>]*text-anchor=\"middle\"[^>]*>80,000</text>");
  }

  @Test
  void saysWhatItCannotDraw() {
    String html = Gallery.page().html();

    assertThat(html)
        .contains("1 point without a place in the chart: not finite, or not above 0")
        .contains("1 cell left empty: not measured, not finite, or not above 0")
        .contains("not measured</text>")
        .contains("An empty cell has no winner.");
    String nothing =
        new Page("none", "")
            .section(
                "a",
                new LineChart(
                    "b",
                    "x",
                    "y",
                    true,
                    List.of(new Line("c", new double[] {1}, new double[] {0}))))
            .html();
    assertThat(nothing).contains("No value to draw.").doesNotContain("NaN", "Infinity");
  }

  @Test
  void standsValuesThatAreAllEqual() {
    double[] one = {3};
    String html =
        new Page("one", "")
            .section(
                "a",
                new LineChart("linear", "x", "y", false, List.of(new Line("c", one, one))),
                new LineChart("powers", "x", "y", true, List.of(new Line("c", one, one))),
                new BarChart("zero", "ms", List.of(new Bar("none", 0))),
                new HeatMap(
                    "map",
                    "x",
                    "y",
                    new String[] {"1"},
                    new String[] {"1"},
                    new double[][] {one},
                    "z",
                    true))
            .html();

    assertThat(html).doesNotContain("NaN", "Infinity").contains(">3</text>");
  }

  @Test
  void drawsMapsInOneRangeWithTheSameColorsForTheSameFigures() {
    HeatMap low = column("low", -6, -3);
    HeatMap high = column("high", -3, 0);
    Page page = new Page("maps", "").section("apart", low, high);
    Page same =
        new Page("maps", "")
            .section("alike", HeatMap.inOneRange(List.of(low, high)).toArray(Block[]::new));

    // Apart, −3 is the brightest color of one map and the darkest of the other.
    assertThat(fills(page.html())).containsExactly("#00224e", "#fee838", "#00224e", "#fee838");
    List<String> alike = fills(same.html());
    assertThat(alike.get(0)).isEqualTo("#00224e");
    assertThat(alike.get(1)).isEqualTo(alike.get(2));
    assertThat(alike.get(3)).isEqualTo("#fee838");
    assertThat(same.html()).contains(">-6</text>", ">-3</text>", ">0</text>");
    // What is said of a map in words is still its own.
    assertThat(same.html()).contains("z, -6 to -3", "z, -3 to 0");
    assertThat(HeatMap.inOneRange(List.of())).isEmpty();
  }

  private static HeatMap column(String title, double upper, double lower) {
    double[][] values = {{upper}, {lower}};
    return new HeatMap(title, "x", "y", new String[] {"1"}, new String[] {"1", "2"}, values, "z");
  }

  /** Colors of two cells of each map, as drawn for a wide window; the scale is no path. */
  private static List<String> fills(String html) {
    List<String> all =
        Pattern.compile("<path fill=\"(#[0-9a-f]{6})\"")
            .matcher(html)
            .results()
            .map(match -> match.group(1))
            .toList();
    return IntStream.range(0, all.size()).filter(i -> i % 4 < 2).mapToObj(all::get).toList();
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    double[] two = {1, 2};
    assertThatThrownBy(() -> new Line("a", two, new double[] {1}, two, null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll("line 'a'", "2 x, 1 y, 2 low, no high", "both or neither");
    assertThatThrownBy(() -> new Bar("b", 2, 3, 1))
        .hasMessageContainingAll("bar 'b'", "2.0 in [3.0, 1.0]");
    assertThatThrownBy(() -> new TableBlock(List.of("a", "b"), List.of(List.of("c"))))
        .hasMessageContainingAll("[c]", "[a, b]");
    assertThatThrownBy(
            () ->
                new HeatMap(
                    "m", "", "", new String[] {"1"}, new String[] {"1"}, new double[][] {two}, ""))
        .hasMessageContainingAll("heat map 'm'", "1 rows for 1 by 1 names");
    assertThatThrownBy(() -> new BarChart("c", "ms", List.of())).hasMessageContaining("no bar");
  }

  @Test
  void writesTheSamePageTwiceAndAsAWhole(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("page.html");
    Files.writeString(file, "old");

    Gallery.page().write(file);

    assertThat(file).hasContent(Gallery.page().html());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesEachChartAsAPictureThatStandsAlone(@TempDir Path folder) throws Exception {
    Gallery.page().writePictures(folder.resolve("new"));

    for (int i = 1; i <= 7; i++) {
      Element root =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(folder.resolve("new/figure-" + i + ".svg").toFile())
              .getDocumentElement();
      assertThat(root.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
      assertThat(root.getElementsByTagName("style").item(0).getTextContent()).contains("--paper");
    }
    assertThat(folder.resolve("new/figure-8.svg")).doesNotExist();
    assertThat(folder.resolve("new/figure-1.svg"))
        .content()
        .contains("<text x=\"44\" y=\"11\">layer-norm</text>");
  }
}
