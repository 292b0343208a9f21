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
 * Gives a new file the permissions of the file that it replaces: mode, owner, group, access control
 * list and extended attributes. If this process may not change owner or group, permissions are
 * narrowed so that no user gains any: the new group gets only permissions that both the old group
 * and all others had.
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

  /** Returns the permissions of a file, which need not exist. */
  static FileRights of(Path old) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(old, PosixFileAttributeView.class);
    return new FileRights(old, view == null || !Files.exists(old) ? null : view.readAttributes());
  }

  /**
   * Creates a new file in the same folder. Only this user may read it while the possibly private
   * content is written. The file may contain the old content, which must be overwritten.
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

  /**
   * Copies the old file, because no other call of the JDK copies attributes for which it has no
   * view, such as a POSIX access control list.
   */
  private void copyOrCreate(Path fresh) throws IOException {
    try {
      Files.copy(
          old, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      copied = true;
    } catch (IOException e) {
      // The old file may be unreadable for this user, or the disk may lack space for a second copy.
      Files.deleteIfExists(fresh);
      if (before == null) {
        Files.createFile(fresh);
      } else {
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PRIVATE));
      }
    }
  }

  /** Gives the written file its final permissions. */
  void give(Path fresh) throws IOException {
    if (before == null) {
      return;
    }
    giveAway(fresh);
    PosixFileAttributes now = view(fresh).readAttributes();
    // With an access control list, the group's bits are the maximum permissions of all its entries.
    boolean sameGroup = copied && now.group().equals(before.group());
    try {
      if (sameGroup && now.owner().equals(before.owner()) && hasModes()) {
        int mode = (Integer) Files.getAttribute(old, "unix:mode") & MODE_BITS;
        Files.setAttribute(fresh, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
      } else {
        view(fresh).setPermissions(sameGroup ? before.permissions() : narrowed());
      }
    } catch (IOException e) {
      // Some mounted file systems have one mode for all files; the file then keeps that or the
      // private mode.
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

  /** Sets the group before the owner, because only the owner may set the group. */
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
      // An ordinary user may only set groups of which he is a member, and may not change the owner.
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
