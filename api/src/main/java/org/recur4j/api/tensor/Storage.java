package org.recur4j.api.tensor;

/**
 * A block of a backend's memory: a Java array, a native buffer or a device address. Only the
 * backend that allocated it accesses the contents.
 */
public abstract class Storage {
  private final DataType dataType;
  private final int capacity;

  /**
   * Creates a block of memory.
   *
   * @param dataType the element type
   * @param capacity the number of elements it holds
   */
  protected Storage(DataType dataType, int capacity) {
    this.dataType = dataType;
    this.capacity = capacity;
  }

  /**
   * Returns the element type.
   *
   * @return the data type of every tensor on this block
   */
  public final DataType dataType() {
    return dataType;
  }

  /**
   * Returns the capacity of the block.
   *
   * @return the number of elements
   */
  public final int capacity() {
    return capacity;
  }

  /**
   * Returns the size of the block.
   *
   * @return the size in bytes
   */
  public final long bytes() {
    return (long) capacity * dataType.bytes();
  }
}
