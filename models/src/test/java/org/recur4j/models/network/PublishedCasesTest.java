package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.recur4j.conformance.toy.ToyProvider;

/**
 * Published values through whole layers, where backends stop: merged directions, peepholes, clipped
 * and coupled gates, activations that differ by direction. The cases that the conformance kit
 * carries run on every machine; the folder that the system property {@code recur4j.conformanceDir}
 * (else {@code ../shared/conformance} beside the build) names, where there is one.
 */
class PublishedCasesTest {
  private static final String BUNDLED = "/org/recur4j/conformance/vectors/";

  @Test
  void theKitsCasesHoldForLayers() throws IOException {
    List<PublishedCase> cases = new ArrayList<>();
    for (String line : resource("index.txt").lines().toList()) {
      if (line.startsWith("cases/")) {
        cases.add(PublishedCase.parse(resource(line)));
      }
    }
    assertThat(run("bundled", cases)).isEqualTo(Map.of("not recurrent", 2));
  }

  @Test
  void theFoldersCasesHoldForLayers() throws IOException {
    Optional<Path> folder = folder();
    assumeTrue(folder.isPresent(), "no folder of further published cases on this machine");
    List<PublishedCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.orElseThrow().resolve("cases"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        cases.add(PublishedCase.parse(Files.readString(file)));
      }
    }
    assertThat(run("folder", cases).keySet())
        .isSubsetOf("not recurrent", "masks: PublishedMasksTest", "no such activation");
  }

  /** Runs all; returns how many are not covered, by reason. */
  private static Map<String, Integer> run(String origin, List<PublishedCase> cases) {
    Map<String, Integer> uncovered = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    int passed = 0;
    int comparisons = 0;
    for (PublishedCase c : cases) {
      Optional<String> reason = PublishedCaseRun.uncovered(c);
      if (reason.isPresent()) {
        uncovered.merge(reason.get(), 1, Integer::sum);
        continue;
      }
      try (PublishedCaseRun run = new PublishedCaseRun(new ToyProvider(), c)) {
        comparisons += run.compare();
        passed++;
      } catch (AssertionError e) {
        failures.add(e.getMessage());
      }
    }
    System.out.printf(
        "published cases through layers, %s: %d, passed %d (%d tensors), failed %d, not covered %s%n",
        origin, cases.size(), passed, comparisons, failures.size(), uncovered);
    assertThat(failures).isEmpty();
    return uncovered;
  }

  private static Optional<Path> folder() {
    String named = System.getProperty("recur4j.conformanceDir");
    return Stream.of(named, "../shared/conformance", "../../shared/conformance")
        .filter(place -> place != null && Files.isDirectory(Path.of(place)))
        .map(Path::of)
        .findFirst();
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = ToyProvider.class.getResourceAsStream(BUNDLED + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
