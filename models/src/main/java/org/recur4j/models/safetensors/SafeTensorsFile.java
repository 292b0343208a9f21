package org.recur4j.models.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.models.file.ModelFileChannel;
import org.recur4j.models.file.ModelFileException;

/**
 * An open safetensors file. The header is read and validated on opening, a tensor on request. Sizes
 * in the header are compared with the file's length before memory is allocated for them.
 * Thread-safe.
 */
public final class SafeTensorsFile implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 16;

  private static final String DAMAGED =
      "The file is truncated or damaged, or not a safetensors file; check the path, or use a fresh copy.";

  private final ModelFileChannel channel;
  private final long dataStart;
  private final SafeTensorsHeader header;
  private final Map<String, TensorEntry> byName = new LinkedHashMap<>();

  private SafeTensorsFile(ModelFileChannel channel) {
    this.channel = channel;
    byte[] text = readHeader(channel);
    this.dataStart = SafeTensorsHeader.LENGTH_BYTES + (long) text.length;
    this.header = HeaderParser.parse(channel.file(), text, channel.size() - dataStart);
    header.entries().forEach(entry -> byName.put(entry.name(), entry));
    ChecksumVerification.verify(channel, text, header);
  }

  static SafeTensorsFile open(Path file) {
    ModelFileChannel channel = ModelFileChannel.open(file);
    SafeTensorsFile opened = null;
    try {
      opened = new SafeTensorsFile(channel);
      return opened;
    } finally {
      if (opened == null) {
        channel.close();
      }
    }
  }

  /** Reads the JSON text after comparing its length with that of the file. */
  private static byte[] readHeader(ModelFileChannel channel) {
    Path file = channel.file();
    long fileBytes = channel.size();
    if (fileBytes < SafeTensorsHeader.LENGTH_BYTES) {
      throw ModelFileException.unreadable(
          file, "a file of " + fileBytes + " bytes", "at least 8, the header's length", DAMAGED);
    }
    ByteBuffer prefix =
        ByteBuffer.allocate(SafeTensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    channel.readAt(0, prefix);
    long length = prefix.getLong(0);
    if (length < 0 || length > SafeTensorsHeader.MAXIMUM_BYTES) {
      throw ModelFileException.unreadable(
          file,
          "a header of " + Long.toUnsignedString(length) + " bytes",
          "at most " + SafeTensorsHeader.MAXIMUM_BYTES,
          "This is not a safetensors file, or its first bytes are damaged; check the path.");
    }
    if (length > fileBytes - SafeTensorsHeader.LENGTH_BYTES) {
      throw ModelFileException.unreadable(
          file,
          "a header of " + length + " bytes in a file of " + fileBytes,
          "a header that ends within the file",
          DAMAGED);
    }
    byte[] text = new byte[(int) length];
    channel.readAt(SafeTensorsHeader.LENGTH_BYTES, ByteBuffer.wrap(text));
    return text;
  }

  /**
   * Returns the header.
   *
   * @return metadata (including the checksum keys) and entries
   */
  public SafeTensorsHeader header() {
    return header;
  }

  /**
   * Returns the entry of a tensor.
   *
   * @param name name of the tensor
   * @return the entry
   * @throws ModelFileException if there is no such tensor
   */
  public TensorEntry entry(String name) {
    TensorEntry entry = byName.get(name);
    if (entry == null) {
      List<String> some = byName.keySet().stream().limit(20).toList();
      throw ModelFileException.unreadable(
          channel.file(),
          "no tensor '" + name + "'",
          "one of the file's "
              + byName.size()
              + ": "
              + String.join(", ", some)
              + (some.size() < byName.size() ? ", …" : ""),
          "Check that the file belongs to this model.");
    }
    return entry;
  }

  /**
   * Reads a tensor of type F32, F16 or BF16.
   *
   * @param name name of the tensor
   * @return the exact values, row-major
   */
  public float[] floats(String name) {
    TensorEntry entry = entry(name);
    FloatDecoder decoder =
        switch (entry.type()) {
          case F32 -> ByteBuffer::getFloat;
          case F16 -> bytes -> SmallFloats.fromBinary16(bytes.getShort());
          case BF16 -> bytes -> SmallFloats.fromBrainFloat16(bytes.getShort());
          default -> throw wrongType(entry, "F32, F16 or BF16");
        };
    float[] values = new float[arrayLength(entry)];
    read(entry, (chunk, index) -> values[index] = decoder.next(chunk));
    return values;
  }

  /**
   * Reads a tensor of type F64, F32, F16 or BF16.
   *
   * @param name name of the tensor
   * @return the exact values, row-major
   */
  public double[] doubles(String name) {
    TensorEntry entry = entry(name);
    DoubleDecoder decoder =
        switch (entry.type()) {
          case F64 -> ByteBuffer::getDouble;
          case F32 -> ByteBuffer::getFloat;
          case F16 -> bytes -> SmallFloats.fromBinary16(bytes.getShort());
          case BF16 -> bytes -> SmallFloats.fromBrainFloat16(bytes.getShort());
          default -> throw wrongType(entry, "F64, F32, F16 or BF16");
        };
    double[] values = new double[arrayLength(entry)];
    read(entry, (chunk, index) -> values[index] = decoder.next(chunk));
    return values;
  }

  /**
   * Reads a tensor of type I32 or of a narrower integer type.
   *
   * @param name name of the tensor
   * @return the values, row-major
   */
  public int[] ints(String name) {
    TensorEntry entry = entry(name);
    if (entry.type() == StoredType.I64 || entry.type() == StoredType.U32) {
      throw wrongType(entry, "I32, I16, U16, I8, U8 or BOOL");
    }
    LongDecoder decoder = integers(entry);
    int[] values = new int[arrayLength(entry)];
    read(entry, (chunk, index) -> values[index] = (int) decoder.next(chunk));
    return values;
  }

  /**
   * Reads a tensor of type I64 or of a narrower integer type.
   *
   * @param name name of the tensor
   * @return the values, row-major
   */
  public long[] longs(String name) {
    TensorEntry entry = entry(name);
    LongDecoder decoder = integers(entry);
    long[] values = new long[arrayLength(entry)];
    read(entry, (chunk, index) -> values[index] = decoder.next(chunk));
    return values;
  }

  /**
   * Reads the bytes of a tensor of any type, without conversion.
   *
   * @param name name of the tensor
   * @return bytes of the elements, little-endian, row-major
   */
  public byte[] bytes(String name) {
    TensorEntry entry = entry(name);
    byte[] values = new byte[arrayLength(entry, entry.byteCount())];
    channel.readAt(dataStart + entry.begin(), ByteBuffer.wrap(values));
    return values;
  }

  @Override
  public void close() {
    channel.close();
  }

  private interface FloatDecoder {
    float next(ByteBuffer bytes);
  }

  private interface DoubleDecoder {
    double next(ByteBuffer bytes);
  }

  private interface LongDecoder {
    long next(ByteBuffer bytes);
  }

  private interface ElementSink {
    void take(ByteBuffer chunk, int index);
  }

  private LongDecoder integers(TensorEntry entry) {
    return switch (entry.type()) {
      case I64 -> ByteBuffer::getLong;
      case I32 -> ByteBuffer::getInt;
      case U32 -> bytes -> Integer.toUnsignedLong(bytes.getInt());
      case I16 -> ByteBuffer::getShort;
      case U16 -> bytes -> Short.toUnsignedLong(bytes.getShort());
      case I8 -> ByteBuffer::get;
      case U8, BOOL -> bytes -> Byte.toUnsignedLong(bytes.get());
      default -> throw wrongType(entry, "I64, I32, U32, I16, U16, I8, U8 or BOOL");
    };
  }

  /**
   * Reads the elements of a tensor in chunks. The chunk size is a multiple of every element size,
   * so no element is split.
   */
  private void read(TensorEntry entry, ElementSink sink) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int index = 0;
    for (long at = entry.begin(); at < entry.end(); at += CHUNK_BYTES) {
      chunk.clear().limit((int) Math.min(CHUNK_BYTES, entry.end() - at));
      channel.readAt(dataStart + at, chunk);
      chunk.flip();
      while (chunk.hasRemaining()) {
        sink.take(chunk, index++);
      }
    }
  }

  private int arrayLength(TensorEntry entry) {
    return arrayLength(entry, entry.elementCount());
  }

  private int arrayLength(TensorEntry entry, long length) {
    if (length > Integer.MAX_VALUE - 8) {
      throw ModelFileException.unreadable(
          channel.file(),
          "tensor '" + entry.name() + "' with " + length + " values",
          "at most 2147483639, the maximum length of a Java array",
          "Split the tensor.");
    }
    return (int) length;
  }

  private ModelFileException wrongType(TensorEntry entry, String expected) {
    return ModelFileException.unreadable(
        channel.file(),
        "tensor '" + entry.name() + "' of type " + entry.type(),
        expected,
        "Read it with the method for its type, or convert the file.");
  }
}
