package org.recur4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.StoredTensor;
import org.recur4j.models.safetensors.StoredType;

class AtomicFileTest {
  private static final AtomicFile.Content NEW = channel -> channel.write(bytes("new"));

  @TempDir Path folder;
  Path target;

  @BeforeEach
  void anOldFile() throws IOException {
    target = Files.writeString(folder.resolve("model"), "old");
  }

  @Test
  void replacesAndCreates() throws IOException {
    AtomicFile.write(target, NEW);
    AtomicFile.write(folder.resolve("n".repeat(250)), NEW);
    assertThat(target).hasContent("new");
    assertThat(names()).containsExactly("model", "n".repeat(250));
  }

  @Test
  void aWriterThatFailsHalfWayLeavesTheOldFileAndNothingElse() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    channel -> {
                      channel.write(bytes("half"));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(target.toString())
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("the file is unchanged");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    channel -> {
                      channel.write(bytes("half"));
                      throw new IllegalStateException("own");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("own");
    assertOldFileOnly();
  }

  @Test
  void aTensorThatFailsHalfWayLeavesTheOldFileAndNothingElse() throws IOException {
    StoredTensor failing =
        new StoredTensor(
            "w",
            StoredType.F32,
            List.of(100_000L),
            (first, chunk) -> {
              if (first > 0) {
                throw new IllegalStateException("device lost");
              }
              chunk.position(chunk.limit());
            });
    assertThatThrownBy(() -> SafeTensors.write(target, List.of(failing), Map.of(), Checksum.SHA256))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("device lost");
    assertOldFileOnly();
  }

  @Test
  void aFolderIsNotATarget() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> AtomicFile.write(empty, NEW))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got a folder, expected the path of a file");
    assertThat(empty).isEmptyDirectory();
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("missing/model"), NEW))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("Create the folder");
    assertThatThrownBy(() -> AtomicFile.write(target.resolve("below"), NEW))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got no folder " + target);
    assertThat(names()).containsExactly("empty", "model");
  }

  @Test
  void aReadOnlyFileSystemIsRefused() {
    // The running Java's own modules: read-only for every user, even for an administrator.
    Path readOnly = Path.of(URI.create("jrt:/java.base")).resolve("model");
    assertThatThrownBy(() -> AtomicFile.write(readOnly, NEW))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("ReadOnlyFileSystemException")
        .hasMessageContaining("Check the folder's permissions");
  }

  @Test
  void aReadOnlyFolderIsRefused() throws IOException {
    assumeFalse(
        !folder.toFile().setWritable(false) || Files.isWritable(folder),
        "this user may write into read-only folders");
    try {
      assertThatThrownBy(() -> AtomicFile.write(target, NEW))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("AccessDeniedException");
      assertOldFileOnly();
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }

  private void assertOldFileOnly() throws IOException {
    assertThat(names()).containsExactly("model");
    assertThat(target).hasContent("old");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
