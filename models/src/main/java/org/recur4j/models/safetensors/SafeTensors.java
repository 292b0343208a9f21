package org.recur4j.models.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.recur4j.models.file.AtomicFile;
import org.recur4j.models.file.ModelFileException;

/**
 * Reads and writes safetensors files, which consist of eight bytes with the header's length N
 * (little-endian), N bytes of JSON, and the data.
 *
 * <p>Equal content yields equal bytes, regardless of the order in which it is passed: first the
 * metadata, sorted by key; then the tensors, those with wider elements first (which keeps every
 * tensor aligned), and sorted by name among equals. The JSON contains no white space and is padded
 * with spaces to a multiple of 8.
 */
public final class SafeTensors {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final Comparator<StoredTensor> FILE_ORDER =
      Comparator.comparingInt((StoredTensor tensor) -> -tensor.type().bits())
          .thenComparing(StoredTensor::name);

  private SafeTensors() {}

  /**
   * Opens a file and verifies its header and, if present, its checksums.
   *
   * @param file file
   * @return the open file; the caller closes it
   * @throws ModelFileException if the file cannot be read or does not conform to the format
   */
  public static SafeTensorsFile open(Path file) {
    return SafeTensorsFile.open(file);
  }

  /**
   * Writes a file atomically; see {@link AtomicFile}.
   *
   * @param file file; replaced if it exists
   * @param tensors content, in any order, with unique names
   * @param metadata arbitrary text; the two checksum keys are replaced or omitted
   * @param checksum whether to add checksums
   * @throws ModelFileException if the file cannot be written; an existing file is then unchanged
   */
  public static void write(
      Path file, List<StoredTensor> tensors, Map<String, String> metadata, Checksum checksum) {
    checkNames(file, tensors, metadata);
    List<StoredTensor> ordered = tensors.stream().sorted(FILE_ORDER).toList();
    Map<String, String> described = new TreeMap<>(metadata);
    described.remove(FileDigest.DATA_KEY);
    described.remove(FileDigest.HEADER_KEY);
    List<TensorEntry> entries = entries(file, ordered);
    AtomicFile.write(
        file,
        channel -> {
          if (checksum == Checksum.NONE) {
            writeHeader(
                file, channel, HeaderWriter.write(new SafeTensorsHeader(described, entries)));
            writeData(file, channel, ordered, null);
          } else {
            writeWithDigests(file, channel, ordered, described, entries);
          }
        });
  }

  /**
   * Writes the header with zeros as digests, the data, and the header once more with the digests,
   * which have a fixed length. Every tensor is read once.
   */
  private static void writeWithDigests(
      Path file,
      SeekableByteChannel channel,
      List<StoredTensor> tensors,
      Map<String, String> metadata,
      List<TensorEntry> entries)
      throws IOException {
    metadata.put(FileDigest.DATA_KEY, FileDigest.PLACEHOLDER);
    metadata.put(FileDigest.HEADER_KEY, FileDigest.PLACEHOLDER);
    writeHeader(file, channel, HeaderWriter.write(new SafeTensorsHeader(metadata, entries)));
    MessageDigest digest = FileDigest.sha256();
    writeData(file, channel, tensors, digest);
    metadata.put(FileDigest.DATA_KEY, FileDigest.digits(digest));
    byte[] header = HeaderWriter.write(new SafeTensorsHeader(metadata, entries));
    metadata.put(FileDigest.HEADER_KEY, FileDigest.ofHeader(header, FileDigest.PLACEHOLDER));
    channel.position(0);
    writeHeader(file, channel, HeaderWriter.write(new SafeTensorsHeader(metadata, entries)));
  }

  private static void writeHeader(Path file, SeekableByteChannel channel, byte[] header)
      throws IOException {
    if (header.length > SafeTensorsHeader.MAXIMUM_BYTES) {
      throw ModelFileException.unwritable(
          file,
          "a header of " + header.length + " bytes",
          "at most " + SafeTensorsHeader.MAXIMUM_BYTES,
          "Store fewer tensors in one file, or shorter metadata.");
    }
    ByteBuffer length =
        ByteBuffer.allocate(SafeTensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    writeFully(channel, length.putLong(header.length).flip());
    writeFully(channel, ByteBuffer.wrap(header));
  }

  private static void writeData(
      Path file, SeekableByteChannel channel, List<StoredTensor> tensors, MessageDigest digest)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (StoredTensor tensor : tensors) {
      long bytes = tensor.byteCount();
      for (long first = 0; first < bytes; first += CHUNK_BYTES) {
        chunk.clear().limit((int) Math.min(CHUNK_BYTES, bytes - first));
        tensor.bytes().copy(first, chunk);
        if (chunk.hasRemaining()) {
          throw ModelFileException.unwritable(
              file,
              chunk.remaining() + " missing bytes of tensor '" + tensor.name() + "'",
              "a full chunk at byte " + first,
              "TensorBytes.copy must fill the chunk up to its limit.");
        }
        if (digest != null) {
          digest.update(chunk.flip());
        }
        writeFully(channel, chunk.rewind());
      }
    }
  }

  private static void writeFully(SeekableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static List<TensorEntry> entries(Path file, List<StoredTensor> ordered) {
    List<TensorEntry> entries = new ArrayList<>();
    long begin = 0;
    for (StoredTensor tensor : ordered) {
      long end = begin + tensor.byteCount();
      if (end < 0) {
        throw ModelFileException.unwritable(
            file, "more than 2^63 bytes of data", "less", "Check the tensors' shapes.");
      }
      entries.add(new TensorEntry(tensor.name(), tensor.type(), tensor.shape(), begin, end));
      begin = end;
    }
    return entries;
  }

  private static void checkNames(
      Path file, List<StoredTensor> tensors, Map<String, String> metadata) {
    Set<String> names = new HashSet<>();
    for (StoredTensor tensor : tensors) {
      if (tensor.name().equals(SafeTensorsHeader.METADATA_KEY)) {
        throw ModelFileException.unwritable(
            file,
            "a tensor named " + tensor.name(),
            "another name",
            "The format reserves this name; rename the tensor.");
      }
      if (!names.add(tensor.name())) {
        throw ModelFileException.unwritable(
            file,
            "two tensors named '" + tensor.name() + "'",
            "unique names",
            "Rename one of them.");
      }
      checkText(file, tensor.name());
    }
    metadata.forEach(
        (key, value) -> {
          checkText(file, key);
          checkText(file, value);
        });
  }

  private static void checkText(Path file, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw ModelFileException.unwritable(
          file,
          "an unpaired surrogate in a name or in the metadata",
          "valid Unicode text",
          "Correct the text.");
    }
  }
}
