package org.recur4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mode, owner, group and write protection of what is written. */
class OutputRightsTest {
  @TempDir Path folder;

  @BeforeEach
  void needsPosix() {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      SpecialFiles.skip("this file system has no modes");
    }
  }

  @Test
  void aReplacedFileKeepsItsMode() throws IOException {
    for (String mode : List.of("rw-------", "rw-r-----", "rw-rw-rw-", "rwxr-x--x", "rw--w----")) {
      Path file = Files.writeString(folder.resolve("model"), "old");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      AtomicFile.write(file, "new");
      assertThat(file).hasContent("new");
      assertThat(mode(file)).isEqualTo(mode);
    }
    Files.setAttribute(folder.resolve("model"), "unix:mode", 02750);
    AtomicFile.write(folder.resolve("model"), "newer");
    assertThat((Integer) Files.getAttribute(folder.resolve("model"), "unix:mode") & 07777)
        .isEqualTo(02750);
  }

  @Test
  void aNewFileHasTheRightsOfAnyNewFile() throws IOException {
    Path ordinary = Files.createFile(folder.resolve("ordinary"));
    AtomicFile.write(folder.resolve("model"), "new");
    assertThat(mode(folder.resolve("model"))).isEqualTo(mode(ordinary));
    try (AppendedFile log = AppendedFile.open(folder.resolve("log"), line -> true)) {
      log.append("line");
    }
    assertThat(mode(folder.resolve("log"))).isEqualTo(mode(ordinary));
  }

  /** A private model is private at every moment, also in the file that becomes it. */
  @Test
  void nobodyElseReadsThePrivateContentWhileItIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("model"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    AtomicFile.write(
        file,
        channel -> {
          assertThat(channel.size()).as("an empty file").isZero();
          try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
              assertThat(mode(each)).isEqualTo("rw-------");
            }
          }
        });
  }

  @Test
  void ownerAndGroupAreKept() throws IOException {
    if (!SpecialFiles.isAdministrator()) {
      SpecialFiles.skip("only an administrator gives files away");
    }
    Path file = Files.writeString(folder.resolve("model"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setAttribute(file, "unix:uid", 12345);
    Files.setAttribute(file, "unix:gid", 23456);
    AtomicFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(Files.readAttributes(file, "unix:uid,gid"))
        .isEqualTo(Map.of("uid", 12345, "gid", 23456));
    assertThat(mode(file)).isEqualTo("rw-r-----");
  }

  @Test
  void extendedAttributesAreKept() throws IOException {
    Path file = Files.writeString(folder.resolve("model"), "old");
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    try {
      view.write("origin", StandardCharsets.UTF_8.encode("here"));
    } catch (IOException | NullPointerException e) {
      SpecialFiles.skip("this file system has no extended attributes");
    }
    AtomicFile.write(file, "new");
    assertThat(Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).list())
        .contains("origin");
  }

  @Test
  void aWriteProtectedFileIsRefusedAlsoForAnAdministrator() throws IOException {
    Path file = Files.writeString(folder.resolve("model"), "old\n");
    for (String mode : List.of("r--r--r--", "r--------", "r-xr-xr-x", "---------")) {
      Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
      Files.setPosixFilePermissions(file, permissions);
      String expected =
          "Cannot write "
              + file
              + ": got a file that is write-protected or another user's ("
              + mode
              + "), expected a file that may be replaced. Make it writable (chmod u+w "
              + file
              + "), or choose another name; the file is unchanged.";
      assertThatThrownBy(() -> AtomicFile.write(file, "new"))
          .isInstanceOf(ModelFileException.class)
          .hasMessage(expected);
      assertThatThrownBy(() -> AtomicFile.check(file)).hasMessage(expected);
      assertThatThrownBy(() -> AppendedFile.open(file, line -> true)).hasMessage(expected);
      assertThat(mode(file)).isEqualTo(mode);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(file).hasContent("old\n");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
