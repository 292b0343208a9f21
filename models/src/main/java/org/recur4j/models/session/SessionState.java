package org.recur4j.models.session;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.network.Network;

/**
 * The state of a session as a value, independent of any backend or session. A state is valid only
 * for one architecture and its weights, which its fingerprint identifies.
 *
 * <p>The serialized form consists of the eight bytes {@code RECUR4JS}; the version, the fingerprint
 * (64 ASCII digits), the bytes per number (4 or 8), the number of rows and the number of parts; for
 * each part, its size and its numbers, {@code [rows, H]}; and the CRC-32C of all preceding bytes.
 * All numbers are big-endian.
 */
public final class SessionState {
  private static final byte[] MAGIC = "RECUR4JS".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int DIGITS = 64;
  private static final int HEADER = MAGIC.length + 4 + DIGITS + 4 + 4 + 4;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
  private static final String READ = "SessionState.readFrom";

  private final String fingerprint;
  private final DataType dataType;
  private final int rows;
  private final double[][] parts;

  /**
   * Creates a state from the given numbers. The arrays are not copied, so the caller must not
   * change them afterward.
   *
   * @param fingerprint fingerprint of the model, 64 hexadecimal digits
   * @param dataType floating type of the model, FLOAT32 or FLOAT64
   * @param rows B, number of sequences
   * @param parts every part of the state of every recurrent layer, each {@code [B, H]}
   */
  public SessionState(String fingerprint, DataType dataType, int rows, double[][] parts) {
    this.fingerprint = fingerprint;
    this.dataType = dataType;
    this.rows = rows;
    this.parts = parts;
  }

  /**
   * Returns the fingerprint of the model that this state belongs to.
   *
   * @return as {@link Network#fingerprint}
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Returns the number of sequences.
   *
   * @return B
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns the numbers: of each recurrent layer, first layer first, h and, of an LSTM, c. {@link
   * Session#part} finds one by layer and name.
   *
   * @return arrays of shape {@code [B, H]}, row-major; these are not copies and must not be changed
   */
  public double[][] parts() {
    return parts;
  }

  /**
   * Returns the floating type of the model.
   *
   * @return FLOAT32 or FLOAT64
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Writes the serialized form; the stream stays open.
   *
   * @param target for example a file or a database BLOB
   * @throws IOException if writing fails
   */
  public void writeTo(OutputStream target) throws IOException {
    int width = width(dataType);
    int size = HEADER;
    for (double[] part : parts) {
      size = Math.addExact(size, Math.addExact(4, Math.multiplyExact(width, part.length)));
    }
    ByteBuffer bytes = ByteBuffer.allocate(size + 4);
    bytes.put(MAGIC).putInt(VERSION).put(fingerprint.getBytes(StandardCharsets.US_ASCII));
    bytes.putInt(width).putInt(rows).putInt(parts.length);
    for (double[] part : parts) {
      bytes.putInt(part.length);
      for (double value : part) {
        if (dataType == DataType.FLOAT32) {
          bytes.putFloat((float) value);
        } else {
          bytes.putDouble(value);
        }
      }
    }
    bytes.putInt(checksum(bytes.array(), size));
    target.write(bytes.array());
  }

  /**
   * Reads a state written by {@link #writeTo}, and no byte beyond it; the stream stays open.
   *
   * @param source stream positioned at the first byte of a state
   * @return the state
   * @throws IOException if reading fails
   * @throws RecurException if the bytes are not a state, or the state has another version, is
   *     truncated or is damaged
   */
  public static SessionState readFrom(InputStream source) throws IOException {
    CRC32C sum = new CRC32C();
    DataInputStream in = new DataInputStream(source);
    byte[] magic = read(in, MAGIC.length, sum);
    if (!Arrays.equals(magic, MAGIC)) {
      throw refuse("a stream that begins with other bytes", "the eight bytes RECUR4JS");
    }
    int version = readInt(in, sum);
    if (version != VERSION) {
      throw refuse("version " + version, "version " + VERSION);
    }
    String fingerprint = new String(read(in, DIGITS, sum), StandardCharsets.US_ASCII);
    if (!FINGERPRINT.matcher(fingerprint).matches()) {
      throw refuse("bytes that are not a model's fingerprint", "64 hexadecimal digits");
    }
    int width = readInt(in, sum);
    int rows = readInt(in, sum);
    int count = readInt(in, sum);
    if ((width != 4 && width != 8) || rows < 1 || count < 0 || count > 1 << 16) {
      throw refuse(
          width + " bytes per number, " + rows + " rows, " + count + " parts",
          "4 or 8 bytes per number, at least one row, at most 65536 parts");
    }
    double[][] parts = new double[count][];
    for (int i = 0; i < count; i++) {
      int size = readInt(in, sum);
      if (size < 1 || size % rows != 0 || size > Integer.MAX_VALUE / width) {
        throw refuse("a part of " + size + " numbers", "a positive multiple of " + rows);
      }
      parts[i] = numbers(ByteBuffer.wrap(read(in, size * width, sum)), width, size);
    }
    int expected = (int) sum.getValue();
    if (readInt(in, sum) != expected) {
      throw refuse("a checksum that does not match", "the bytes that were written");
    }
    return new SessionState(
        fingerprint, width == 4 ? DataType.FLOAT32 : DataType.FLOAT64, rows, parts);
  }

  private static double[] numbers(ByteBuffer bytes, int width, int size) {
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = width == 4 ? bytes.getFloat() : bytes.getDouble();
    }
    return numbers;
  }

  /**
   * readNBytes grows its buffer with the data that is present, so a damaged size causes no huge
   * allocation.
   */
  private static byte[] read(DataInputStream in, int count, CRC32C sum) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw refuse(
          "the end of the stream after " + bytes.length + " of " + count + " bytes",
          "a complete state");
    }
    sum.update(bytes);
    return bytes;
  }

  private static int readInt(DataInputStream in, CRC32C sum) throws IOException {
    return ByteBuffer.wrap(read(in, 4, sum)).getInt();
  }

  private static int checksum(byte[] bytes, int count) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, count);
    return (int) sum.getValue();
  }

  private static int width(DataType type) {
    return type == DataType.FLOAT32 ? 4 : 8;
  }

  private static RecurException refuse(String got, String expected) {
    return new InvalidArgumentException(
        READ, got, expected, "Read from the first byte that SessionState.writeTo wrote");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionState that
        && fingerprint.equals(that.fingerprint)
        && dataType == that.dataType
        && rows == that.rows
        && Arrays.deepEquals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * fingerprint.hashCode() + rows) + Arrays.deepHashCode(parts);
  }

  @Override
  public String toString() {
    int numbers = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    return "state of "
        + rows
        + (rows == 1 ? " row, " : " rows, ")
        + numbers
        + " numbers, of model "
        + fingerprint.substring(0, Math.min(8, fingerprint.length()));
  }
}
