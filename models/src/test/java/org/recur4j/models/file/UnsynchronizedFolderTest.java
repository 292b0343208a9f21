package org.recur4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that answers EINVAL when a folder is to be synchronized. */
class UnsynchronizedFolderTest {
  @TempDir Path temporary;

  @Test
  void theFileIsReplacedAllTheSame() throws IOException {
    Path folder = StubbornFileSystem.over(temporary);
    assertThatThrownBy(() -> Uninterrupted.force(folder, StandardOpenOption.READ))
        .as("it is stubborn")
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Invalid argument");
    AtomicFile.write(folder.resolve("model"), "old");
    AtomicFile.write(folder.resolve("model"), "new");
    assertThat(temporary.resolve("model")).hasContent("new");
    assertThat(temporary).isDirectoryNotContaining("glob:**.tmp");
  }
}
