package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.report.TrainingResult;

/** Processes that are killed in the middle of an epoch, as a power cut would. */
class KilledTrainingTest {
  private static final int SIGKILL = 128 + 9;
  private static final int KILLS = 3;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void killedAgainAndAgainItEndsWithTheBitsOfAnUninterruptedRun() throws Exception {
    Path wanted = folder.resolve("uninterrupted.safetensors");
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = ResumableTraining.network(backend)) {
      TrainingResult result =
          ResumableTraining.trainer(network).train(ResumableTraining.examples());
      ResumableTraining.save(network, result, wanted);
    }
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    Path model = folder.resolve("model.safetensors");
    Philox random = new Philox(17);
    List<String> resumed = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      int batches = 7 + random.bounded(9, RandomStream.CUSTOM.at(0), 0, kill);
      int unseen = random.bounded(3, RandomStream.CUSTOM.at(1), 0, kill);
      List<String> lines = killAfter(batches, unseen, checkpoint, model);
      resumed.add(lines.get(0));
      assertThat(model).doesNotExist();
    }
    List<String> lines = finish(checkpoint, model);
    resumed.add(lines.get(0));
    assertThat(resumed.get(0)).startsWith("batch 1 1");
    assertThat(resumed.subList(1, KILLS + 1))
        .as("where the processes went on")
        .allMatch(line -> line.startsWith("resumed "))
        .doesNotHaveDuplicates()
        .anyMatch(line -> !line.endsWith(" 0"));
    assertThat(Files.mismatch(model, wanted)).as(describe(wanted, model)).isEqualTo(-1);
  }

  /** Lets it do some batches, and kills it while it does the last few of them. */
  private List<String> killAfter(int batches, int unseen, Path checkpoint, Path model)
      throws Exception {
    Process process = start(checkpoint, model);
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      process.getOutputStream().write(new byte[batches]);
      process.getOutputStream().flush();
      int seen = 0;
      while (seen < batches - unseen) {
        String line = out.readLine();
        assertThat(line).as("output so far: %s", lines).isNotNull();
        lines.add(line);
        seen += line.startsWith("batch ") ? 1 : 0;
      }
      process.destroyForcibly();
      assertThat(process.waitFor()).isIn(SIGKILL, 1);
    } finally {
      process.destroyForcibly();
    }
    return lines;
  }

  private List<String> finish(Path checkpoint, Path model) throws Exception {
    Process process = start(checkpoint, model);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      process.getOutputStream().write(new byte[1000]);
      process.getOutputStream().flush();
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor()).as("%s", lines).isZero();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  static Process start(Path checkpoint, Path model) throws IOException, URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> needed :
        List.of(
            ResumableTraining.class, Network.class, Backend.class, ToyProvider.class, Gson.class)) {
      places.add(place(needed));
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            places.stream().distinct().collect(Collectors.joining(File.pathSeparator)),
            ResumableTraining.class.getName(),
            checkpoint.toString(),
            model.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** The folder or jar of a class; under modules its code source is another one. */
  private static String place(Class<?> type) throws URISyntaxException {
    String name = type.getName().replace('.', '/') + ".class";
    URL url = type.getResource("/" + name);
    String text = url.toString();
    String root = text.substring(0, text.length() - name.length());
    if (root.startsWith("jar:")) {
      root = root.substring("jar:".length(), root.indexOf("!/"));
    }
    return Path.of(java.net.URI.create(root)).toString();
  }

  private static String describe(Path wanted, Path model) {
    return Stream.of(wanted, model)
        .map(
            file -> {
              try (var open = org.recur4j.models.safetensors.SafeTensors.open(file)) {
                return open.header().metadata();
              }
            })
        .map(Map::toString)
        .collect(Collectors.joining("\n"));
  }
}
