package org.recur4j.models.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Gives a new file the rights of the one that it replaces: mode, owner, group, access control list
 * and extended attributes. Where this process may not give owner or group away, nobody gets more
 * rights than he had: the new group may do what both the old group and all others might.
 */
final class FileRights {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final int MODE_BITS = 07777;

  private final Path old;
  private final PosixFileAttributes before;
  private boolean copied;

  private FileRights(Path old, PosixFileAttributes before) {
    this.old = old;
    this.before = before;
  }

  /** The rights of a file; it need not exist. */
  static FileRights of(Path old) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(old, PosixFileAttributeView.class);
    return new FileRights(old, view == null || !Files.exists(old) ? null : view.readAttributes());
  }

  /**
   * Creates a file beside it. While the content is written, which may be private, only this user
   * may read it. May hold the old content, which is not wanted.
   */
  void create(Path fresh) throws IOException {
    if (!Files.exists(old)) {
      Files.createFile(fresh);
    } else if (before == null) {
      copyOrCreate(fresh);
    } else {
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PRIVATE));
      giveAway(fresh);
      if (view(fresh).readAttributes().group().equals(before.group())) {
        copyOrCreate(fresh);
        view(fresh).setPermissions(PRIVATE);
      }
    }
  }

  /** No other call of the JDK takes along what it has no view of, such as a POSIX access list. */
  private void copyOrCreate(Path fresh) throws IOException {
    try {
      Files.copy(
          old, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      copied = true;
    } catch (IOException e) {
      // The old file may be unreadable for this user, or the disk too full to hold it twice.
      Files.deleteIfExists(fresh);
      if (before == null) {
        Files.createFile(fresh);
      } else {
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PRIVATE));
      }
    }
  }

  /** Gives the written file its final rights. */
  void give(Path fresh) throws IOException {
    if (before == null) {
      return;
    }
    giveAway(fresh);
    PosixFileAttributes now = view(fresh).readAttributes();
    // With an access list, the group's bits are the most that anybody in the list may do.
    boolean sameGroup = copied && now.group().equals(before.group());
    try {
      if (sameGroup && now.owner().equals(before.owner()) && hasModes()) {
        int mode = (Integer) Files.getAttribute(old, "unix:mode") & MODE_BITS;
        Files.setAttribute(fresh, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
      } else {
        view(fresh).setPermissions(sameGroup ? before.permissions() : narrowed());
      }
    } catch (IOException e) {
      // Some mounted file systems have one mode for all files: theirs, or the private one, stays.
      return;
    }
  }

  private Set<PosixFilePermission> narrowed() {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(before.permissions());
    if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
      permissions.remove(PosixFilePermission.GROUP_READ);
    }
    if (!permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      permissions.remove(PosixFilePermission.GROUP_WRITE);
    }
    if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
      permissions.remove(PosixFilePermission.GROUP_EXECUTE);
    }
    return permissions;
  }

  /** The group first: it cannot be given by who is no longer the owner. */
  private void giveAway(Path fresh) throws IOException {
    PosixFileAttributes now = view(fresh).readAttributes();
    try {
      if (!now.group().equals(before.group())) {
        view(fresh).setGroup(before.group());
      }
      if (!now.owner().equals(before.owner())) {
        view(fresh).setOwner(before.owner());
      }
    } catch (IOException e) {
      // An ordinary user gives files to groups of his own only, and to nobody else.
      return;
    }
  }

  private boolean hasModes() {
    return old.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
