package org.recur4j.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.backend.cuda.ptx.PtxFile;

/** The page of measurements says that there are none for exactly as long as there are none. */
class MeasurementsTest {
  private static final String NONE = "There is no row yet: this backend has not run on a device.";

  @Test
  void claimsNothingThatNoScriptWrote() throws IOException {
    List<String> lines = Files.readAllLines(PtxFile.module().resolve("MEASUREMENTS.md"));
    int heading = lines.indexOf("|---|---|---|---|---|---|---|---|---|---|---|---|");
    assertThat(heading).as("the table's heading").isPositive();
    List<String> rows = lines.subList(heading + 1, lines.size());

    assertThat(lines.stream().anyMatch(line -> line.startsWith(NONE))).isEqualTo(rows.isEmpty());
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row)
                    .as(
                        "a row as gpu-check.sh writes it: date, device, driver, layer, pass, times,"
                            + " commit")
                    .matches(
                        "\\| \\d{4}-\\d\\d-\\d\\d \\| [^|]+ \\| [0-9.]+ \\| \\S+ \\|"
                            + " (forward|train)( \\| (-|[0-9.]+)){6} \\| [^|]+ \\|"));
  }
}
