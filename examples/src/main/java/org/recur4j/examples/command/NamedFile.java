package org.recur4j.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A file or folder that a command reads or writes, and under which option.
 *
 * @param label for messages: the option and the path as it was given
 * @param given the path as it was given
 * @param real the same without links, also where there is nothing yet
 * @param use what the command does with it
 * @param contents of a folder: which names in it the command writes; of a file: none
 */
record NamedFile(String label, Path given, Path real, Use use, Predicate<String> contents) {
  private static final Path NULL_DEVICE = Path.of("/dev/null");
  private static final int MOST_LINKS = 40;

  /** What a command does with a file. */
  enum Use {
    READ,
    WRITTEN,
    FOLDER_WRITTEN
  }

  static NamedFile read(String label, Path path) {
    return new NamedFile(label, path, real(path), Use.READ, name -> false);
  }

  static NamedFile written(String label, Path path) {
    return new NamedFile(label, path, real(path), Use.WRITTEN, name -> false);
  }

  static NamedFile folder(String label, Path path, Predicate<String> contents) {
    return new NamedFile(label, path, real(path), Use.FOLDER_WRITTEN, contents);
  }

  /** Whether using both would lose something that one of them holds. */
  boolean collides(NamedFile other) {
    if (use == Use.READ && other.use == Use.READ) {
      return false;
    }
    return isSame(other) || isWithin(other) || other.isWithin(this);
  }

  private boolean isSame(NamedFile other) {
    if (real.equals(other.real)) {
      return !real.equals(NULL_DEVICE);
    }
    try {
      // Hard links have no path in common.
      return Files.isSameFile(given, other.given) && !Files.isSameFile(given, NULL_DEVICE);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether this lies where a folder is written, or below what is going to be a file. */
  private boolean isWithin(NamedFile folder) {
    if (!real.startsWith(folder.real) || real.equals(folder.real)) {
      return false;
    }
    Path below = folder.real.relativize(real);
    return switch (folder.use) {
      case READ -> false;
      case WRITTEN -> true;
      case FOLDER_WRITTEN -> folder.contents.test(below.getName(0).toString());
    };
  }

  private static Path real(Path path) {
    return real(path.toAbsolutePath(), MOST_LINKS);
  }

  /** Follows what is there; a link may lead to what is not there yet. */
  private static Path real(Path path, int links) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path folder = path.getParent();
      if (folder == null || path.getFileName() == null) {
        return path.normalize();
      }
      if (links > 0 && Files.isSymbolicLink(path)) {
        try {
          return real(folder.resolve(Files.readSymbolicLink(path)), links - 1);
        } catch (IOException unreadable) {
          return path.normalize();
        }
      }
      return real(folder, links).resolve(path.getFileName()).normalize();
    }
  }
}
