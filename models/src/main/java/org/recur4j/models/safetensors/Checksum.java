package org.recur4j.models.safetensors;

/** Whether a written file can be checked against damage. */
public enum Checksum {
  /** As other writers do: damage to the numbers goes unnoticed. */
  NONE,
  /**
   * SHA-256 of the data section and of the header, in the metadata. Every reader of safetensors
   * still reads the file; ours refuses it when a bit has changed.
   */
  SHA256
}
