package org.recur4j.models.file;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The destination of a write to a path, after following symbolic links one by one: a regular file,
 * existing or to be created, or a stream. Everything else is refused.
 *
 * @param named path given by the caller, for messages
 * @param file target of the last link
 * @param kind kind of file at the target
 * @param descriptor whether the path names an open descriptor of this process, such as {@code
 *     /dev/stdout}; treated as a stream even if a shell connected it to a regular file, because
 *     replacing that file would leave the shell's descriptor with the old one
 */
record Destination(Path named, Path file, FileKind kind, boolean descriptor) {
  /** The limit of Linux. */
  private static final int MOST_LINKS = 40;

  private static final Pattern DESCRIPTORS =
      Pattern.compile("/dev/fd|/proc/[^/]+/(task/[^/]+/)?fd");

  /**
   * Follows the links and validates the target.
   *
   * @throws ModelFileException if the path can be neither replaced nor written to as a stream
   */
  static Destination of(Path named) {
    Destination found;
    try {
      found = follow(named);
    } catch (IOException e) {
      throw ModelFileException.unwritableFile(
          named, reason(e), "a path whose links can be followed", "Correct the path.", e);
    }
    found.check();
    return found;
  }

  private static Destination follow(Path named) throws IOException {
    Path at = named.toAbsolutePath();
    boolean descriptor = isDescriptor(at);
    for (int links = 0; !descriptor && Files.isSymbolicLink(at); links++) {
      if (links == MOST_LINKS) {
        throw ModelFileException.unwritableFile(
            named,
            "symbolic links that form a cycle",
            "links that lead to a file",
            "Remove the link, or choose another name.");
      }
      Path target = Files.readSymbolicLink(at);
      // The target of a link is relative to the real folder of the link.
      at = at.getParent().toRealPath().resolve(target);
      descriptor = isDescriptor(at);
    }
    return new Destination(named, at, FileKind.of(at), descriptor);
  }

  private static boolean isDescriptor(Path at) throws IOException {
    Path folder = at.getParent();
    if (folder == null
        || at.getFileSystem() != FileSystems.getDefault()
        || !Files.isDirectory(folder)) {
      return false;
    }
    return DESCRIPTORS.matcher(folder.toRealPath().toString()).matches();
  }

  private void check() {
    switch (kind) {
      case FOLDER ->
          throw ModelFileException.unwritableFile(
              named, "a folder", "the path of a file", "Add a file name to the path.");
      case BLOCK_DEVICE, SOCKET, OTHER ->
          throw ModelFileException.unwritableFile(
              named,
              kind.description(),
              "a regular file, a pipe or a character device",
              "Choose another path; nothing was changed.");
      case REGULAR -> checkWriteProtection();
      case MISSING, PIPE, CHARACTER_DEVICE -> {}
    }
    if (!isStream() && !Files.isDirectory(folder())) {
      throw ModelFileException.unwritableFile(
          named,
          "no folder " + folder(),
          "an existing folder",
          "Create the folder, or correct the path.");
    }
  }

  /**
   * Refuses write-protected files explicitly, because an administrator may write to every file, and
   * any user may replace a file in his own folder.
   */
  private void checkWriteProtection() {
    String rights = "";
    boolean writable = Files.isWritable(file);
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      try {
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        writable &= permissions.contains(PosixFilePermission.OWNER_WRITE);
        rights = " (" + PosixFilePermissions.toString(permissions) + ")";
      } catch (IOException e) {
        rights = " (" + reason(e) + ")";
      }
    }
    if (!writable && !descriptor) {
      throw ModelFileException.unwritableFile(
          named,
          "a file that is write-protected or another user's" + rights,
          "a file that may be replaced",
          (view == null ? "Make it writable" : "Make it writable (chmod u+w " + file + ")")
              + ", or choose another name; the file is unchanged.");
    }
  }

  boolean isStream() {
    return descriptor || kind.isStream();
  }

  /** Returns the folder of an existing or new file. */
  Path folder() {
    return file.toAbsolutePath().getParent();
  }

  /** Opens a stream for writing; waits for a reader if a named pipe has none. */
  OutputStream openStream() throws IOException {
    FileDescriptor own = descriptor ? standard() : null;
    if (own == null) {
      return Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
    // Opening the path anew would overwrite a regular file behind the descriptor from its
    // beginning.
    System.out.flush();
    System.err.flush();
    return new FileOutputStream(own) {
      @Override
      public void close() {
        // The descriptor belongs to the process, which still prints to it.
      }
    };
  }

  private FileDescriptor standard() throws IOException {
    Path folder = folder().toRealPath();
    String own = "/proc/" + ProcessHandle.current().pid() + "/";
    if (!folder.startsWith("/dev/fd") && !(folder + "/").startsWith(own)) {
      return null;
    }
    return switch (file.getFileName().toString()) {
      case "1" -> FileDescriptor.out;
      case "2" -> FileDescriptor.err;
      default -> null;
    };
  }

  static String reason(Exception e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + " (" + e.getMessage() + ")";
  }
}
