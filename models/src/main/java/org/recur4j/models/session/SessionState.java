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
 * What a network remembers of its rows, as a value: plain numbers, bound to no backend and no
 * session. It belongs to one architecture with its weights, whose fingerprint it carries.
 *
 * <p>Written, it is: the eight bytes {@code RECUR4JS}; version, fingerprint (64 ASCII digits),
 * bytes a number (4 or 8), rows, number of parts; for each part its size and its numbers, {@code
 * [rows, H]}; then the CRC-32C of all that. All numbers are big-endian.
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
   * A state of given numbers. The arrays are not copied: the caller gives them away.
   *
   * @param fingerprint of the model, 64 hexadecimal digits
   * @param dataType of the model, FLOAT32 or FLOAT64
   * @param rows B, number of sequences
   * @param parts every part of the state of every recurrent layer, {@code [B, H]} each
   */
  public SessionState(String fingerprint, DataType dataType, int rows, double[][] parts) {
    this.fingerprint = fingerprint;
    this.dataType = dataType;
    this.rows = rows;
    this.parts = parts;
  }

  /**
   * The model it belongs to.
   *
   * @return as {@link Network#fingerprint}
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Number of sequences it remembers.
   *
   * @return B
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns the numbers: of each recurrent layer, first layer first, h and, of an LSTM, c.
   *
   * @return {@code [B, H]} each, row-major; the arrays of this state, which must not be changed
   */
  public double[][] parts() {
    return parts;
  }

  /**
   * Returns the type of the model's numbers.
   *
   * @return FLOAT32 or FLOAT64
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Writes it; the stream stays open.
   *
   * @param target e.g. a file or a database's blob
   * @throws IOException if the stream fails
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
   * Reads what {@link #writeTo} wrote, and not a byte more; the stream stays open.
   *
   * @param source positioned at a state
   * @return the state
   * @throws IOException if the stream fails
   * @throws RecurException if what is there is no state, of another version, cut off or damaged
   */
  public static SessionState readFrom(InputStream source) throws IOException {
    CRC32C sum = new CRC32C();
    DataInputStream in = new DataInputStream(source);
    byte[] magic = read(in, MAGIC.length, sum);
    if (!Arrays.equals(magic, MAGIC)) {
      throw refuse("other bytes at the beginning", "the eight bytes RECUR4JS");
    }
    int version = readInt(in, sum);
    if (version != VERSION) {
      throw refuse("version " + version, "version " + VERSION);
    }
    String fingerprint = new String(read(in, DIGITS, sum), StandardCharsets.US_ASCII);
    if (!FINGERPRINT.matcher(fingerprint).matches()) {
      throw refuse("other bytes than a model's fingerprint", "64 hexadecimal digits");
    }
    int width = readInt(in, sum);
    int rows = readInt(in, sum);
    int count = readInt(in, sum);
    if ((width != 4 && width != 8) || rows < 1 || count < 0 || count > 1 << 16) {
      throw refuse(
          width + " bytes a number, " + rows + " rows, " + count + " parts",
          "4 or 8 bytes, at least one row, at most 65536 parts");
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

  /** Grows with what is really there, so that a damaged size asks for no memory. */
  private static byte[] read(DataInputStream in, int count, CRC32C sum) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw refuse("an end after " + bytes.length + " of " + count + " bytes", "a whole state");
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
        READ,
        got,
        expected,
        "Read it from where SessionState.writeTo wrote it, from its beginning");
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
