package org.recur4j.models.safetensors;

/** The checksums written to a safetensors file. */
public enum Checksum {
  /** No checksums, as in files of other writers. Corrupted values are not detected. */
  NONE,
  /**
   * SHA-256 of the data section and of the header, stored in the metadata. Any safetensors reader
   * can read the file; this library's reader refuses it if any bit has changed.
   */
  SHA256
}
