package org.recur4j.backend.ejml.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.recur4j.backend.ejml.EjmlProvider;

/**
 * HotSpot inlines a hot method of up to 325 bytecodes (FreqInlineSize) into its caller; a vector
 * kernel that is inlined together with others exceeds the budget there, and every vector becomes an
 * object. So the kernels are longer, and this test notices when one is not any more.
 */
class KernelLengthTest {
  private static final int INLINED = 325;
  private static final Pattern METHOD = Pattern.compile("^  \\S.*?(\\w+)\\(.*\\);$");
  private static final Pattern INSTRUCTION = Pattern.compile("^ +(\\d+): \\w+.*");

  @Test
  void noKernelIsShortEnoughToBeInlined() throws Exception {
    assertThat(lengths("VectorTiles"))
        .extractingByKeys("rows4x4", "rows4x2", "rows4x1", "row1x4")
        .allSatisfy(length -> assertThat(length).isGreaterThan(INLINED));
    assertThat(lengths("VectorBytePanel").get("pair")).isGreaterThan(INLINED);
    assertThat(lengths("VectorHalfPanel").get("multiplyRow")).isGreaterThan(INLINED);
  }

  private static Map<String, Integer> lengths(String name) throws Exception {
    Path classes =
        Path.of(EjmlProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    StringWriter text = new StringWriter();
    ToolProvider.findFirst("javap")
        .orElseThrow()
        .run(
            new PrintWriter(text, true),
            new PrintWriter(text, true),
            "-c",
            "-p",
            classes.resolve("org/recur4j/backend/ejml/vector/" + name + ".class").toString());
    Map<String, Integer> lengths = new HashMap<>();
    String method = "";
    for (String line : text.toString().lines().toList()) {
      Matcher start = METHOD.matcher(line);
      Matcher instruction = INSTRUCTION.matcher(line);
      if (start.matches()) {
        method = start.group(1);
      } else if (instruction.matches()) {
        lengths.merge(method, Integer.valueOf(instruction.group(1)), Math::max);
      }
    }
    return lengths;
  }
}
