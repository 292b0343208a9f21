package org.recur4j.api.tensor;

/**
 * A block of a backend's memory: a Java array, a native buffer, a device address. Only the backend
 * that made it looks inside.
 */
public abstract class Storage {
  private final DataType dataType;
  private final int capacity;

  /**
   * A block of memory.
   *
   * @param dataType its element type
   * @param capacity how many elements it holds
   */
  protected Storage(DataType dataType, int capacity) {
    this.dataType = dataType;
    this.capacity = capacity;
  }

  /**
   * Element type.
   *
   * @return the type every tensor on this block has
   */
  public final DataType dataType() {
    return dataType;
  }

  /**
   * Room in the block.
   *
   * @return number of elements
   */
  public final int capacity() {
    return capacity;
  }

  /**
   * Size of the block.
   *
   * @return bytes
   */
  public final long bytes() {
    return (long) capacity * dataType.bytes();
  }
}
