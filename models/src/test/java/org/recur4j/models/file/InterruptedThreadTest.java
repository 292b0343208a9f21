package org.recur4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.models.data.TextLines;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.SafeTensorsFile;
import org.recur4j.models.safetensors.StoredTensor;
import org.recur4j.models.safetensors.StoredType;

/** A cancelled task saves what it has. On this system's files and on another file system's. */
class InterruptedThreadTest {
  private static final StoredTensor TENSOR =
      new StoredTensor(
          "w", StoredType.F32, List.of(50_000L), (at, chunk) -> chunk.position(chunk.limit()));

  @TempDir Path temporary;

  @BeforeEach
  void interrupt() {
    Thread.currentThread().interrupt();
  }

  @AfterEach
  void theFlagIsKept() {
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void savesAndLoads() throws IOException {
    for (Path folder : List.of(temporary, StubbornFileSystem.over(temporary))) {
      Path file = folder.resolve("model");
      SafeTensors.write(file, List.of(TENSOR), Map.of(), Checksum.SHA256);
      SafeTensors.write(file, List.of(TENSOR), Map.of("again", ""), Checksum.SHA256);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      try (SafeTensorsFile read = SafeTensors.open(file)) {
        assertThat(read.floats("w")).hasSize(50_000);
        assertThat(read.header().metadata()).containsKey("again");
      }
      try (Stream<Path> files = Files.list(temporary)) {
        assertThat(files).containsExactly(temporary.resolve("model"));
      }
      Files.delete(temporary.resolve("model"));
    }
  }

  @Test
  void appendsAndReadsLines() throws IOException {
    for (Path folder : List.of(temporary, StubbornFileSystem.over(temporary))) {
      Path file = Files.writeString(folder.resolve("log"), "one\nhal");
      try (AppendedFile lines = AppendedFile.open(file, line -> false)) {
        lines.append("two");
        lines.force();
      }
      assertThat(TextLines.read(file, 10)).extracting(line -> line.text()).contains("one", "two");
      assertThat(temporary.resolve("log")).hasContent("one\ntwo\n");
    }
  }

  /** What the caller's own channel does is the caller's; the message says what happened. */
  @Test
  void saysThatContentWasInterrupted() throws IOException {
    Path file = Files.writeString(temporary.resolve("model"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.allocateDirect(3));
                      throw new ClosedByInterruptException();
                    }))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got an interrupt of this thread")
        .hasMessageContaining("Write it again; the file is unchanged.");
    assertThat(file).hasContent("old");
  }
}
