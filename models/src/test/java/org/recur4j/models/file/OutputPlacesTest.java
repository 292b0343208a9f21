package org.recur4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.StoredTensor;
import org.recur4j.models.safetensors.StoredType;

/** Links, pipes and devices as targets. */
class OutputPlacesTest {
  @TempDir Path folder;

  @Test
  void linksAreFollowedAndStay() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real/deep"));
    Path other = Files.createDirectories(folder.resolve("other"));
    Path model = Files.writeString(real.resolve("model"), "old");
    // A relative link into another folder, reached through a link to a folder and another link.
    Files.createSymbolicLink(other.resolve("relative"), Path.of("../real/deep/model"));
    Files.createSymbolicLink(folder.resolve("short"), Path.of("other"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("short/relative"));
    AtomicFile.write(link, "new");
    assertThat(model).hasContent("new").isRegularFile();
    assertThat(link).isSymbolicLink();
    assertThat(other.resolve("relative")).isSymbolicLink();
    assertThat(names(real)).containsExactly("model");
    assertThat(names(other)).containsExactly("relative");
    try (AppendedFile lines = AppendedFile.open(link, line -> true)) {
      lines.append("line");
    }
    assertThat(model).hasContent("new\nline\n");
    assertThat(AtomicFile.regular(link).toRealPath()).isEqualTo(model.toRealPath());
  }

  @Test
  void aLinkToAFileThatIsNotThereCreatesItInItsOwnFolder() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("other/model"));
    AtomicFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(other.resolve("model")).hasContent("new");
    Path lost = Files.createSymbolicLink(folder.resolve("lost"), Path.of("nowhere/model"));
    assertThatThrownBy(() -> AtomicFile.write(lost, "new"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("Cannot write " + lost + ": got no folder")
        .hasMessageContaining("nowhere");
    assertThat(lost).isSymbolicLink();
  }

  @Test
  void aCircleOfLinksIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a"), "new"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("links that form a cycle");
    assertThat(names(folder)).containsExactly("a", "b");
  }

  @Test
  @Timeout(30)
  void aDeviceIsWrittenToAndStays() throws IOException {
    Path device = SpecialFiles.nullDevice(folder.resolve("null"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), device);
    for (Path target : List.of(device, link)) {
      AtomicFile.write(target, "swallowed");
      AtomicFile.check(target);
      assertThat(AtomicFile.isStream(target)).isTrue();
      assertThat(FileKind.of(target)).isEqualTo(FileKind.CHARACTER_DEVICE);
      assertThatThrownBy(() -> AtomicFile.regular(target))
          .hasMessageContaining("got a character device, expected a regular file");
    }
    Path full = SpecialFiles.fullDevice(folder.resolve("full"));
    assertThatThrownBy(() -> AtomicFile.write(full, "new"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("cannot be undone");
  }

  @Test
  @Timeout(30)
  void aBlockDeviceIsRefused() throws IOException {
    Path device = SpecialFiles.blockDevice(folder.resolve("disk"));
    assertThatThrownBy(() -> AtomicFile.write(device, "new"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got a block device");
    assertThat(FileKind.of(device)).isEqualTo(FileKind.BLOCK_DEVICE);
  }

  /** The checksum at the front of a model file is known last. */
  @Test
  @Timeout(30)
  void aModelFlowsThroughAPipe() throws Exception {
    StoredTensor tensor =
        new StoredTensor(
            "w", StoredType.F32, List.of(50_000L), (at, chunk) -> chunk.position(chunk.limit()));
    Path wanted = folder.resolve("wanted");
    SafeTensors.write(wanted, List.of(tensor), Map.of("a", "b"), Checksum.SHA256);
    Path pipe = SpecialFiles.pipe(folder.resolve("pipe"));
    CompletableFuture<byte[]> reader =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readAllBytes(pipe);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    SafeTensors.write(pipe, List.of(tensor), Map.of("a", "b"), Checksum.SHA256);
    assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(Files.readAllBytes(wanted));
    assertThat(FileKind.of(pipe)).isEqualTo(FileKind.PIPE);
    assertThatThrownBy(() -> SafeTensors.open(pipe))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got a pipe, expected a regular file")
        .hasMessageContaining("Copy the content into a regular file");
  }

  @Test
  void linesGoBehindTheLastOne() throws IOException {
    Path file = Files.writeString(folder.resolve("log"), "one\ntwo");
    try (AppendedFile lines = AppendedFile.open(file, "two"::equals)) {
      lines.append("three");
      lines.force();
    }
    assertThat(file).hasContent("one\ntwo\nthree\n");
    Files.writeString(file, "x".repeat(20_000) + "\n" + "h".repeat(20_000));
    try (AppendedFile lines = AppendedFile.open(file, line -> false)) {
      lines.append("whole");
    }
    assertThat(file).hasContent("x".repeat(20_000) + "\nwhole\n");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
