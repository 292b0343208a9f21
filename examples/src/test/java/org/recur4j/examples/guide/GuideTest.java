package org.recur4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.examples.Main;
import org.recur4j.examples.command.Interruption;

/**
 * The guide's commands are read from its Markdown and run, so that text and program cannot part.
 */
class GuideTest {
  private static final int CHAPTERS = 7;
  private static final long LARGEST_PICTURE = 60_000;
  private static final Pattern YEAR = Pattern.compile("\\b(19|20)[0-9]{2}\\b");

  @TempDir private Path folder;

  static List<Chapter> chapters() {
    return Chapter.all();
  }

  @Test
  void thereAreSevenChaptersAndTheWayToThem() throws IOException {
    String contents = Files.readString(Path.of("..", "docs", "guide", "README.md"));

    assertThat(chapters()).hasSize(CHAPTERS);
    assertThat(chapters()).allSatisfy(c -> assertThat(contents).contains("(" + c + ")"));
    assertThat(Files.readString(Path.of("..", "README.md"))).contains("(docs/guide/README.md)");
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void aChapterHasOneCommandOnePictureAnEquationAndItsSource(Chapter chapter) throws IOException {
    assertThat(chapter.commands()).hasSize(1);
    assertThat(chapter.text()).contains("\n    ").containsPattern(YEAR);
    assertThat(chapter.picture()).isRegularFile();
    assertThat(Files.size(chapter.picture())).isLessThan(LARGEST_PICTURE);
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void theCommandRunsAndMakesThePicture(Chapter chapter) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        Main.run(
            new Interruption(),
            new PrintWriter(out),
            new PrintWriter(err),
            chapter.arguments(folder));

    assertThat(code).as(err.toString()).isZero();
    Path made = folder.resolve(chapter.made());
    if (chapter.shorter().isEmpty()) {
      assertThat(chapter.picture()).hasSameTextualContentAs(made);
    } else {
      // Times and short trainings differ; that it is the same kind of picture its axes say.
      assertThat(labels(made)).isNotEmpty().isEqualTo(labels(chapter.picture()));
    }
  }

  /** Title and names in a chart without its figures. */
  private static List<String> labels(Path svg) throws Exception {
    var texts =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(svg.toFile())
            .getDocumentElement()
            .getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent())
        .filter(text -> !text.matches(".*[0-9].*"))
        .toList();
  }
}
