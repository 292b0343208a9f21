package org.recur4j.models.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The kind of file that a path leads to, symbolic links followed. */
public enum FileKind {
  /** No file, or a folder on the way that this user may not enter. */
  MISSING("no such file"),
  /** A regular file, which can be read at any position and replaced. */
  REGULAR("a regular file"),
  /** A folder. */
  FOLDER("a folder"),
  /** A named pipe, or one that a shell connected. */
  PIPE("a pipe"),
  /** A terminal, {@code /dev/null} and their like. */
  CHARACTER_DEVICE("a character device"),
  /** A disk. */
  BLOCK_DEVICE("a block device"),
  /** A socket. */
  SOCKET("a socket"),
  /** Anything else. */
  OTHER("neither a file nor a folder");

  private static final int TYPE_BITS = 0170000;

  private final String description;

  FileKind(String description) {
    this.description = description;
  }

  /**
   * Returns the kind of a file.
   *
   * @param file any path
   * @return its kind; never throws
   */
  public static FileKind of(Path file) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      return MISSING;
    }
    if (attributes.isRegularFile()) {
      return REGULAR;
    }
    return attributes.isDirectory() ? FOLDER : special(file);
  }

  private static FileKind special(Path file) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return OTHER;
    }
    try {
      return switch ((Integer) Files.getAttribute(file, "unix:mode") & TYPE_BITS) {
        case 0010000 -> PIPE;
        case 0020000 -> CHARACTER_DEVICE;
        case 0060000 -> BLOCK_DEVICE;
        case 0140000 -> SOCKET;
        default -> OTHER;
      };
    } catch (IOException e) {
      return OTHER;
    }
  }

  /**
   * Whether bytes written here flow away to a reader.
   *
   * @return true for a pipe and a character device
   */
  public boolean isStream() {
    return this == PIPE || this == CHARACTER_DEVICE;
  }

  /**
   * Returns the kind in words, for messages.
   *
   * @return for instance {@code "a pipe"}
   */
  public String description() {
    return description;
  }
}
