package org.recur4j.models.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model file with another text in its metadata, and checksums that are right. */
public final class ChangedMetadata {
  private final Path file;
  private final Map<String, String> metadata;
  private final List<TensorEntry> entries;
  private final byte[] data;

  /**
   * Reads a file.
   *
   * @param file a model file
   */
  public ChangedMetadata(Path file) {
    this.file = file;
    try (SafeTensorsFile read = SafeTensors.open(file)) {
      metadata = new TreeMap<>(read.header().metadata());
      entries = read.header().entries();
      byte[] all = Files.readAllBytes(file);
      int dataBytes = (int) read.header().dataBytes();
      data = Arrays.copyOfRange(all, all.length - dataBytes, all.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the file said when it was read.
   *
   * @return texts by key
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Writes the file as it was read but for one text; without waiting for the disk, because tests do
   * it thousands of times.
   *
   * @param key of the text
   * @param value the text; null for none
   */
  public void write(String key, String value) {
    Map<String, String> changed = new TreeMap<>(metadata);
    changed.put(key, value);
    changed.values().removeIf(text -> text == null);
    MessageDigest digest = FileDigest.sha256();
    digest.update(data);
    changed.put(FileDigest.DATA_KEY, FileDigest.digits(digest));
    changed.put(FileDigest.HEADER_KEY, FileDigest.PLACEHOLDER);
    byte[] header = HeaderWriter.write(new SafeTensorsHeader(changed, entries));
    changed.put(FileDigest.HEADER_KEY, FileDigest.ofHeader(header, FileDigest.PLACEHOLDER));
    RawFile.write(file, HeaderWriter.write(new SafeTensorsHeader(changed, entries)), data);
  }
}
