package org.recur4j.models.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The kind of file that a path leads to, after following symbolic links. */
public enum FileKind {
  /** No file, or a path through a folder that this user may not enter. */
  MISSING("no such file"),
  /** A regular file, which supports random access and can be replaced. */
  REGULAR("a regular file"),
  /** A folder. */
  FOLDER("a folder"),
  /** A pipe, named or anonymous. */
  PIPE("a pipe"),
  /** A character device, such as a terminal or {@code /dev/null}. */
  CHARACTER_DEVICE("a character device"),
  /** A block device, such as a disk. */
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
   * @param file path
   * @return the kind; this method never throws
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
   * Returns whether this is a stream, whose content is consumed by a reader.
   *
   * @return true for a pipe and a character device
   */
  public boolean isStream() {
    return this == PIPE || this == CHARACTER_DEVICE;
  }

  /**
   * Returns a description for messages.
   *
   * @return for example {@code "a pipe"}
   */
  public String description() {
    return description;
  }
}
