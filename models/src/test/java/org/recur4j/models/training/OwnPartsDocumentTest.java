package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The classes that the document shows are those that tests compile and run. */
class OwnPartsDocumentTest {
  private static final int LONGEST = 40;
  private static final List<String> SOURCES =
      List.of(
          "training/loss/OwnLossTest",
          "training/optimizer/OwnOptimizerTest",
          "layer/CustomLayerTest",
          "metric/TrainerMetricsTest");

  @Test
  void showsWhatIsTestedInAtMostFortyLinesEach() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "your-own.md"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(text)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(blocks).hasSize(SOURCES.size());
    for (int i = 0; i < blocks.size(); i++) {
      Path source = Path.of("src/test/java/org/recur4j/models", SOURCES.get(i) + ".java");
      assertThat(unindented(Files.readString(source))).contains(unindented(blocks.get(i)));
      assertThat(blocks.get(i).lines()).hasSizeLessThanOrEqualTo(LONGEST);
    }
  }

  private static String unindented(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
